"""`tijdig bench NAME`: every figure of the README's table, as ratios measured in one run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated

import typer

from tijdig.cli.main import app, wiring

BENCHES = (
    "positions",
    "night",
    "dunning",
    "live",
    "camt",
    "pages",
    "claims",
    "cluster",
    "letters",
    "policy",
    "desk",
    "help",
    "walls",
    "year",
)


@app.command()
def bench(
    name: Annotated[str, typer.Argument(help=f"Een van: {', '.join(BENCHES)}.")],
    homes: Annotated[int, typer.Option(help="Aantal woningen.")] = 51_000,
    months: Annotated[int, typer.Option(help="Aantal maanden.")] = 24,
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
) -> None:
    """Meet een van de figuren van de README."""
    if name not in BENCHES:
        raise typer.BadParameter(f"Kies een van: {', '.join(BENCHES)}.")
    figures = _run(name, homes, months)
    if as_json:
        typer.echo(json.dumps(figures))
    else:
        for key, value in figures.items():
            typer.echo(f"{key:<28} {value}")


def _run(name: str, homes: int, months: int) -> Mapping[str, object]:
    if name == "positions":
        from tijdig.cli.bench_positions import run

        return run(homes, months, wiring().admin_dsn())
    if name in ("night", "dunning"):
        from tijdig.cli import bench_night

        return bench_night.night(homes, months) if name == "night" else bench_night.dunning_figures()
    if name in ("live", "pages"):
        from tijdig.cli import bench_live

        return bench_live.live(homes, months) if name == "live" else bench_live.pages(homes, months)
    if name == "cluster":
        from tijdig.cli.bench_cluster import run as run_cluster
        from tijdig.cli.local_cluster import missing

        lacks = missing()
        return {"skipped": lacks} if lacks else run_cluster(homes, months)
    if name == "claims":
        from tijdig.cli.bench_claims import run as run_claims

        return run_claims(homes, months)
    if name == "camt":
        from tijdig.cli import bench_camt, bench_post

        return bench_camt.run() | bench_post.run()
    if name == "policy":
        from tijdig.cli.bench_policy import run as run_policy

        return run_policy(homes, months)
    if name == "desk":
        from tijdig.cli.bench_desk import figures

        return figures(homes, months)
    if name == "help":
        from tijdig.cli.bench_help import figures as help_figures

        return help_figures(homes, months)
    if name == "walls":
        from tijdig.cli.bench_walls import figures as walls_figures

        return walls_figures(homes, months)
    if name == "year":
        return _year(homes)
    if name == "letters":
        from tijdig.cli.bench_letters import run as run_letters

        return run_letters()
    raise typer.BadParameter(f"{name} kan nog niet.")


def _year(homes: int) -> Mapping[str, object]:
    """A year of 5,000 homes (or fewer, where fewer are asked), and how often something was broken that never may be."""
    import time

    from tijdig.cli.year import run as run_year

    begun = time.perf_counter()
    found = run_year(min(homes, 5_000), 365, 1, quiet=True)
    looked = {f"breaches: {one['name']}": one["breaches"] for one in found["invariants"]}
    took = {"seconds": round(time.perf_counter() - begun)}
    return {"homes": found["homes"], **took, "breaches": found["breaches"], **looked, **found["figures"]}
