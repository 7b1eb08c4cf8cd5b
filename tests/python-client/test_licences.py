"""The wheel holds parts of other packages, whose licences ask to be told."""

import importlib.metadata


def test_brings_the_licences_of_what_it_holds():
    files = importlib.metadata.files("ml-tracking") or []
    texts = {file.name: file.read_text("utf-8") for file in files if "licenses" in file.parts}
    assert set(texts) == {"LICENSE", "THIRD-PARTY-NOTICES.txt"}
    for name in ("react", "@mantine/core", "echarts", "zod", "hono", "hyparquet", "commander"):
        assert f"\n{name} " in texts["THIRD-PARTY-NOTICES.txt"]
