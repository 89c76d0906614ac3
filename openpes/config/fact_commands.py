"""The command that compares the facts of a city with its rows."""

import click


@click.command("rebuild-facts")
def rebuild_facts() -> None:
    """Compare all facts with the rows and append what is missing · 按明细核对统计事实库并补记"""
    from openpes.config import cli

    cli.prepare()
    from openpes.kernel import clock
    from openpes.kernel.action import PLATFORM
    from openpes.statistics import actions

    made = actions.rebuild_side_by_side(by=PLATFORM, at=clock.now())
    for kind, number in made.appended.items():
        click.echo(f"{kind.name.lower().replace('_', ' '):<20} {number:>12,}")
    click.echo(f"{made.total:,} facts appended · 补记 {made.total:,} 条")
