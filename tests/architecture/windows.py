"""The import-linter contract for windows: a room's ways in and rules are its own."""

from typing import Any

from importlinter import Contract, ContractCheck, fields, output


class WindowsContract(Contract):
    """No module imports a window of another room, except from the packages that may open them."""

    package = fields.StringField()
    windows = fields.ListField(subfield=fields.StringField())
    may_open = fields.ListField(subfield=fields.StringField())
    all_open = fields.ListField(subfield=fields.StringField())

    def check(self, graph: Any, verbose: bool) -> ContractCheck:
        found = []
        for module in sorted(graph.modules):
            room = self._room(module)
            if room is None or any(module.startswith(start) for start in self.may_open):
                continue
            for imported in graph.find_modules_directly_imported_by(module):
                other = self._room(imported)
                if other and other != room and self._is_window(imported):
                    found.append((module, imported))
        return ContractCheck(kept=not found, metadata={"found": sorted(found)})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for module, imported in check.metadata["found"]:
            output.print_error(f"{module} climbs through the window {imported}")

    def _room(self, module: str) -> str | None:
        parts = module.split(".")
        if len(parts) < 2 or parts[0] != self.package:
            return None
        return ".".join(parts[:2])

    def _is_window(self, module: str) -> bool:
        parts = module.split(".")
        return len(parts) > 2 and parts[2] in self.windows and ".".join(parts[:2]) not in self.all_open
