"""The command: which measurements there are, how large, and the one table at the end."""

import importlib
import sys
import time
from pathlib import Path

import click

from bench.city import BenchCity, Sizes, bench_city
from bench.machine import this_machine, today
from bench.table import Line, as_markdown, as_text

MEASUREMENTS = {
    "start-up": "bench.start_up",
    "desk-search": "bench.desk_search",
    "desk-pages": "bench.desk_pages",
    "registration": "bench.registration",
    "public-search": "bench.public_search",
    "search": "bench.search",
    "matching": "bench.matching",
    "matching-city": "bench.matching_city",
    "matching-parts": "bench.matching_parts",
    "matching-quality": "bench.matching_quality",
    "ledger": "bench.ledger",
    "report": "bench.report",
    "facts": "bench.facts",
    "boards": "bench.boards",
    "demo-city": "bench.demo_city",
    "duplicates": "bench.duplicates",
    "adverts": "bench.adverts",
    "title-coder": "bench.title_coder",
    "city-load": "bench.city_load",
    "figures": "bench.figures",
}
WITHOUT_CITY = ("start-up", "matching-parts", "adverts", "title-coder")
DEFAULT = Sizes()


@click.command()
@click.argument("names", nargs=-1, type=click.Choice([*MEASUREMENTS]))
@click.option("--people", default=DEFAULT.people, show_default=True, help="Persons of the demo city.")
@click.option("--seed", default=DEFAULT.seed, show_default=True)
@click.option("--seekers", default=DEFAULT.seekers, show_default=True, help="Seekers of the matching arrays.")
@click.option("--vacancies", default=DEFAULT.vacancies, show_default=True, help="Vacancies of the matching arrays.")
@click.option("--wide-vacancies", default=DEFAULT.wide_vacancies, show_default=True, help="Vacancies searched at once.")
@click.option("--searched", default=DEFAULT.searched, show_default=True, help="Vacancies of the search index.")
@click.option("--advice", default=DEFAULT.advice, show_default=True, help="Vacancies that advice looks through.")
@click.option("--city-seekers", default=DEFAULT.city_seekers, show_default=True, help="Seekers matched at once.")
@click.option("--city-vacancies", default=DEFAULT.city_vacancies, show_default=True, help="Vacancies matched at once.")
@click.option("--province-seekers", default=DEFAULT.province_seekers, show_default=True, help="Matched in parts.")
@click.option("--province-vacancies", default=DEFAULT.province_vacancies, show_default=True, help="Matched in parts.")
@click.option("--ledger-rows", default=DEFAULT.ledger_rows, show_default=True, help="Rows of the ledger that is read.")
@click.option("--import-rows", default=DEFAULT.import_rows, show_default=True, help="Rows of a ledger brought in.")
@click.option("--tasks", default=DEFAULT.tasks, show_default=True, help="Different questions a measurement asks.")
@click.option("--points", default=DEFAULT.points, show_default=True, help="Service points that act every 20 s.")
@click.option("--searches-a-second", default=DEFAULT.searches_a_second, show_default=True, help="Beside them.")
@click.option("--load-seconds", default=DEFAULT.load_seconds, show_default=True, help="How long they do.")
@click.option("--facts", default=DEFAULT.facts, show_default=True, help="Facts of the official tables.")
@click.option("--times", default=DEFAULT.times, show_default=True, help="How often rows behind facts are copied.")
@click.option("--keep", is_flag=True, help="Leave the city in var/bench, and take one that was left.")
@click.option("--markdown", type=click.Path(path_type=Path), help="Also write the table to this file.")
def command(names: tuple[str, ...], keep: bool, markdown: Path | None, **sizes: int) -> None:
    """Measure OpenPES beside plain alternatives: all NAMES, or some. Every pair of answers is compared."""
    wanted = Sizes(**sizes)
    with bench_city(wanted, keep=keep) as city:
        lines = [line for name in names or MEASUREMENTS for line in _measured(name, city)]
    heading = f"{today().isoformat()} · {this_machine()} · {_sizes(wanted)}"
    click.echo(f"\n{heading}\n\n{as_text(lines)}")
    if markdown:
        markdown.write_text(f"{heading}\n\n{as_markdown(lines)}\n")


def _measured(name: str, city: BenchCity) -> list[Line]:
    if name not in WITHOUT_CITY:
        city.prepare()
    began = time.monotonic()
    print(f"… {name}", end="", file=sys.stderr, flush=True)
    lines: list[Line] = importlib.import_module(MEASUREMENTS[name]).measure(city)
    print(f" {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return lines


def _sizes(sizes: Sizes) -> str:
    return f"{sizes.people:,} persons, seed {sizes.seed}, up to {sizes.tasks} different questions each"
