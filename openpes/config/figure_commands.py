"""The commands about figures: tables from published counts, facts brought out, a report over many cities."""

from pathlib import Path
from typing import Any

import click

from openpes.config import published

DAY = click.DateTime(["%Y-%m-%d", "%Y%m%d"])
UNUSABLE = 2  # what is given makes no table: as when an argument cannot be used
FOLDER = click.Path(file_okay=False, path_type=Path)
ALLOT = click.option(
    "--allot", type=click.Choice(["official", "none"]), default="official", show_default=True,
    help="Share out those without a requirement before the ratio is taken · 无要求人数是否按权数分配",
)  # fmt: skip


@click.command("supply-demand")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@ALLOT
def supply_demand(file: Path, allot: str) -> None:
    """A table of the quarterly report from published counts · 由已公布人数计算供求报表"""
    try:
        told = published.from_file(file, allot)
    except (published.UnreadableCounts, published.CountsRefused, OSError) as refused:
        wrong = click.ClickException("".join(one if one.isprintable() else ascii(one)[1:-1] for one in str(refused)))
        wrong.exit_code = UNUSABLE
        raise wrong from None
    click.echo(told)


@click.command("export-facts")
@click.argument("folder", type=FOLDER)
def export_facts(folder: Path) -> None:
    """Write the facts of this city as Parquet · 导出本市统计事实"""
    from openpes.config import cli, database, province
    from openpes.engine.figures.exported import ExportRefused
    from openpes.kernel import clock

    cli.prepare()
    try:
        export = province.export_city(folder, database.CITY, at=clock.now())
    except (ExportRefused, OSError) as refused:
        raise click.ClickException(str(refused)) from None
    told = f"{export.rows:,} facts in {len(export.parts)} files: {folder / export.city} · {export.rows:,} 条"
    click.echo(told)


@click.command("report")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--from", "from_on", type=DAY, required=True, help="The first day · 起始日")
@click.option("--until", "until_on", type=DAY, required=True, help="The first day not counted · 截止日（不含）")
@click.option("--area", "areas", multiple=True, help="Prefix of the area code; repeat it; default all · 地区代码前缀")
@click.option("--cluster", default="", metavar="ADDRESS|local", help="Count on a Dask cluster · 在集群上计算")
@click.option("--format", "form", type=click.Choice(["json", "csv"]), default="json", show_default=True)
@ALLOT
def report(folder: Path, form: str, **asked: Any) -> None:
    """The twelve official tables of exported cities · 由各市导出数据生成十二张报表"""
    from openpes.config import province
    from openpes.engine.calendars import Period
    from openpes.engine.figures.partitions import ClusterRefused

    try:
        period = Period(asked["from_on"].date(), asked["until_on"].date())
        question = province.Asked(period, asked["areas"] or ("",), asked["allot"], asked["cluster"])
        made = province.report_of(folder, question)
    except (ClusterRefused, ValueError, OSError) as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(province.as_json(made) if form == "json" else province.as_csv(made), nl=form == "json")


COMMANDS = (supply_demand, export_facts, report)
