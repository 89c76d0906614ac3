"""The command line `openpes`: everything that is done to a city from a terminal."""

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from openpes.config import database, fact_commands, figure_commands, readiness, site, translations

if TYPE_CHECKING:
    from datetime import datetime

    from openpes.config.processes import CityProcesses


def prepare(role: str = database.APP) -> dict[str, Any]:
    """Find and set up the database, bring its tables up to date, and make this process work as `role`."""
    stored = make_ready(role)
    enter(stored, role)
    return stored


def make_ready(role: str = database.APP) -> dict[str, Any]:
    """Find and set up the database and bring its tables up to date; the framework starts only when they are not."""
    stored = database.set_up(database.find_server())
    translations.compile_all()
    if not readiness.tables_are_ready(stored):
        database.migrate(stored)
        enter(stored, role)
        _bring_areas_up_to_date()
        readiness.note_tables(stored)
    return stored


def enter(stored: dict[str, Any], role: str = database.APP) -> None:
    """Start the framework in this process on a database that is ready."""
    os.environ.update(database.environment_for(stored))
    os.environ["OPENPES_ROLE"] = role
    import django

    django.setup()


def _bring_areas_up_to_date() -> None:
    from openpes.kernel import clock
    from openpes.kernel.action import PLATFORM
    from openpes.network.actions import load_areas

    load_areas(by=PLATFORM, at=clock.now())


PROGRAM = "./run"  # how the source tree calls this; an installed package has the name openpes


@click.group(context_settings={"max_content_width": 140})
def main() -> None:
    """OpenPES, an open platform for public employment services · 开放公共就业服务平台"""


@main.command()
def migrate() -> None:
    """Bring the database up to date · 更新数据库"""
    prepare()
    click.echo("The database is up to date.")


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.option("--as-owner", is_flag=True, help="Work as the owner of the tables · 以表所有者身份运行")
def django(arguments: tuple[str, ...], as_owner: bool) -> None:
    """Run a command of the framework, for developers · 运行框架命令（开发用）"""
    stored = database.set_up(database.find_server())
    enter(stored, database.OWNER if as_owner else database.APP)
    from django.core.management import call_command

    call_command(*arguments)


class _Start(click.Command):
    """The command that `./run` means when it is given none: its help shows the call as people type it."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the call of the source tree."""
        formatter.write_usage(PROGRAM, "[OPTIONS]")


@main.command(cls=_Start, epilog=f"All commands · 全部命令: {PROGRAM} help")
@click.option("--check", is_flag=True, help="Start, ask the health page, print it, and stop · 启动自检后停止")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on · 监听地址")
@click.option("--port", default=8000, show_default=True, help="Taken when free, else another one · 端口，被占用时另选")
@click.option("--people", default=20_000, show_default=True, help="Persons of the demo city · 虚构城市人数")
@click.option("--seed", default=1, show_default=True, help="Same seed and day, same city · 随机种子")
@click.option("--empty", is_flag=True, help="Start without a demo city · 不建虚构城市")
def run(check: bool, host: str, port: int, people: int, seed: int, empty: bool) -> None:
    """Start a city · 启动一座城市"""
    from openpes.config import processes
    from openpes.config.claim import Claim

    site.refuse_without_site({site.NAME: os.environ.get(site.NAME, "")})  # not said, it is this computer
    claim = Claim(database.VAR)
    if (elsewhere := claim.take()) is not None:
        click.echo(_runs_already(elsewhere))
        return
    click.echo("Preparing the database … · 正在准备数据库 …")
    files = readiness.StaticFiles(processes.server_environment({}))
    stored = make_ready()
    if not empty and not readiness.somebody_lives_here(stored):
        _invent_city_if_none(stored, people, seed)
    city = processes.CityProcesses(
        processes.server_environment(stored), host, processes.free_port(host, port), claim=claim
    )
    city.environment[site.NAME] = os.environ.get(site.NAME) or city.url
    processes.on_stop_signals(lambda: _stop(city))
    try:
        files.wait()
        city.start(worker=False)
        welcome = "" if check else _welcome(stored, city.url)  # read while the server starts
        health = city.wait()
        click.echo(health if check else welcome)
        code = 0 if check else city.employ_worker().watch()
    finally:
        _stop(city)
    raise SystemExit(code)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
def serve(host: str, port: int) -> None:
    """Serve a city that is ready · 启动已建好的城市"""
    from openpes.config import processes

    site.refuse_without_site(os.environ)
    files = readiness.StaticFiles(processes.server_environment({}))
    city = processes.CityProcesses(processes.server_environment(make_ready()), host, port)
    processes.on_stop_signals(city.stop)
    files.wait()
    city.start()
    click.echo(f"{city.url} {city.wait()}")
    raise SystemExit(city.watch())


@main.command()
@click.option("--people", default=20_000, show_default=True, help="How many persons · 人数")
@click.option("--seed", default=1, show_default=True, help="Same seed and day, same city · 随机种子")
@click.option("--ledgers", type=click.Path(file_okay=False), help="Write Excel files there instead · 生成台账文件")
def demo(people: int, seed: int, ledgers: str | None) -> None:
    """Invent a city, or write ledgers · 建虚构城市或生成台账"""
    prepare()
    if ledgers:
        _write_demo_ledgers(ledgers, seed)
        return
    build_demo(people, seed)


def build_demo(people: int, seed: int) -> None:
    """Invent a city of that size as of today, with its network, demo accounts and opening hours."""
    from openpes.config.release import release_in_demo
    from openpes.counter.actions import call_next, move_ticket, take_ticket, welcome
    from openpes.demo.actions import Queue, build_demo_city
    from openpes.kernel import Refused, clock
    from openpes.kernel.action import PLATFORM

    stored = json.loads(os.environ["OPENPES_DATABASE"])
    try:
        told = build_demo_city(
            people=people, seed=seed, owner=database.conninfo_for(stored, database.OWNER),
            queue=Queue(take_ticket, welcome, call_next, move_ticket), by=PLATFORM, at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        steps = [str(reason.next_step) for reason in refused.reasons if reason.next_step]
        raise click.ClickException(" ".join([str(refused), *steps])) from refused
    release_in_demo(clock.now())
    click.echo(told)


def _write_demo_ledgers(folder: str, seed: int) -> None:
    from pathlib import Path

    from openpes.demo.actions import write_ledgers
    from openpes.kernel import clock
    from openpes.kernel.action import PLATFORM

    for ledger in write_ledgers(folder=Path(folder), seed=seed, by=PLATFORM, at=clock.now()):
        click.echo(
            f"{ledger.account:<16} {ledger.path}: {ledger.rows} rows, {len(ledger.faults)} faults · {ledger.rows} 行"
        )


@main.command(context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def bench(arguments: tuple[str, ...]) -> None:
    """Measure speed beside plain alternatives · 性能对比测量"""
    if not (database.ROOT / "bench").is_dir():
        raise click.ClickException("The measurements are part of the source tree; run this where it is checked out.")
    command = [sys.executable, "-W", "ignore", "-m", "bench", *arguments]
    raise SystemExit(subprocess.run(command, cwd=database.ROOT, check=False).returncode)


@main.command()
def work() -> None:
    """Run the jobs: outbox, seals, started work · 运行后台任务"""
    site.refuse_without_site(os.environ)
    if "OPENPES_DATABASE" not in os.environ:
        prepare()
    else:
        enter(json.loads(os.environ["OPENPES_DATABASE"]))
    import asyncio

    from openpes.kernel import jobs

    asyncio.run(jobs.work())


@main.command()
def events() -> None:
    """Write docs/EVENTS.md from the code · 生成事件目录"""
    enter({})
    from openpes.config import catalogue

    catalogue.TARGET.write_text(catalogue.events_page())
    click.echo(f"Wrote {catalogue.TARGET.name}.")


@main.command()
@click.option("--heads", type=click.Path(path_type=Path), help="Folder of the exported heads; default var/heads.")
def verify(heads: Path | None) -> None:
    """Check the journal against its seals · 核验日志封存"""
    from openpes.config import verify as verifier

    stored = database.set_up(database.find_server())
    dsn = verifier.login(stored, "openpes_sealer")
    raise SystemExit(verifier.report(verifier.verify(dsn, heads or database.VAR / "heads", f"city_{database.CITY}")))


@main.command()
@click.argument("username")
def password(username: str) -> None:
    """Give an account a password, to be changed at sign-in · 重置账号密码"""
    prepare()
    click.echo(new_password_of(username))


def new_password_of(username: str) -> str:
    """A new password for an account of staff, given by the platform itself: it serves the city's administrators too."""
    from openpes.access.actions import renew_password
    from openpes.access.queries import account_named
    from openpes.kernel import clock
    from openpes.kernel.action import PLATFORM

    found = account_named(username=username)
    if found is None:
        raise click.ClickException(f"There is no open account {username} · 没有可用的账号 {username}")
    return renew_password(account=found.pk, by=PLATFORM, at=clock.now())


@main.command()
@click.argument("person", type=int)
@click.argument("day", type=click.DateTime(["%Y-%m-%d", "%Y%m%d"]))
@click.option("--english", is_flag=True, help="In English · 英文")
def why(person: int, day: "datetime", english: bool) -> None:
    """Tell which rule decided about a person on a day · 说明某日对某人的决定依据"""
    prepare()
    from django.utils.translation import override

    from openpes.kernel import clock
    from openpes.kernel.action import PLATFORM
    from openpes.people.actions import open_file
    from openpes.people.models import Person
    from openpes.registration.queries import why_words

    with override("en" if english else "zh-hans"):
        try:
            open_file(person=person, purpose="replay of a decision", by=PLATFORM, at=clock.now())
            lines = why_words(scope=PLATFORM.scope, person=person, on=day.date())
        except Person.DoesNotExist:
            raise click.ClickException("There is no person of that number. 没有此人员编号。") from None
    click.echo("\n".join(lines))


def _invent_city_if_none(stored: dict[str, Any], people: int, seed: int) -> None:
    enter(stored)
    from openpes.demo.actions import city_is_empty

    if city_is_empty():
        click.echo(f"Inventing a city of {people:,} persons … · 正在生成 {people:,} 人的虚构城市 …")
        build_demo(people, seed)


def _welcome(stored: dict[str, Any], url: str) -> str:
    enter(stored)
    from openpes.demo.queries import demo_accounts, ledger_files

    lines = [
        "",
        f"  {padded('Sign in · 登录', 28)}{url}sign-in/",
        f"  {padded('Find work · 找工作', 28)}{url}portal/",
        f"  {padded('Hall screens · 大厅屏幕', 28)}{url}screens/",
        "",
    ]
    if accounts := demo_accounts():
        lines += [
            f"  {padded('Password of all · 统一密码', 28)}{accounts[0].password}",
            *(f"  {padded(one.username, 28)}{padded(one.role_name, 40)}{one.place}" for one in accounts),
            "",
            "  Ledgers to import · 供导入的台账: ./run demo --ledgers FOLDER",
            *(f"  {padded(account, 28)}{name}" for account, name in ledger_files()),
            "",
        ]
    return "\n".join([*lines, "  Ctrl+C stops the city · 按 Ctrl+C 停止"])


def padded(text: str, width: int) -> str:
    """The text filled up to a number of columns of a terminal, in which a Chinese character takes two."""
    taken = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
    return text + " " * max(width - taken, 1)


def _runs_already(url: str) -> str:
    if url:
        return f"The city is already running at {url} · 系统已在运行：{url}"
    return "The city is being started in another terminal; wait for its address there. · 系统正在另一终端启动，请稍候。"


def _stop(city: "CityProcesses") -> None:
    city.stop()
    database.stop_embedded()


@main.command("code-titles")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def code_titles(file: Path) -> None:
    """Occupations for the job titles of a CSV file · 职位名称编码（CSV）"""
    from openpes.config import title_files

    raise SystemExit(title_files.run(file))


@main.command("train-coder")
@click.option("--titles", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="CSV: title,occupation")
@click.option("--to", "target", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File to write")
def train_coder(titles: Path | None, target: Path) -> None:
    """Learn to code job titles; takes a minute · 训练职位编码模型"""
    from openpes.config import title_files

    click.echo(title_files.learn(titles, target))


@main.command("help")
@click.pass_context
def help_(context: click.Context) -> None:
    """List all commands · 列出全部命令"""
    click.echo(context.parent.get_help() if context.parent else "")


for command in (*figure_commands.COMMANDS, fact_commands.rebuild_facts):
    main.add_command(command)


if __name__ == "__main__":
    sys.exit(main(prog_name=PROGRAM))
