"""The commands about figures: tables from published counts, facts brought out, a report over many cities."""

from pathlib import Path

import click

from openpes.config import published


@click.command("supply-demand")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--allot", type=click.Choice(["official", "none"]), default="official", show_default=True,
    help="Share out those without a requirement before the ratio is taken · 无要求人数是否按权数分配",
)  # fmt: skip
def supply_demand(file: Path, allot: str) -> None:
    """A table of the quarterly report from published counts · 由已公布人数计算供求报表"""
    try:
        click.echo(published.from_file(file, allot))
    except (published.UnreadableCounts, published.CountsRefused, OSError) as refused:
        raise click.ClickException(str(refused)) from None


COMMANDS = (supply_demand,)
