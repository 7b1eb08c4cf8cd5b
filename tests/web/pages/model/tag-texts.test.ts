import { describe, expect, it } from "vitest";

import { changedTags, tagTexts } from "../../../../web/src/pages/model/tag-texts.js";

const before = { team: "vision", draft: "" };

describe("tags with values", () => {
  it("are written as a name and a value, or a name alone", () => {
    expect(tagTexts(before)).toEqual(["team: vision", "draft"]);
  });

  it("are added, given another value and removed by what their texts are then", () => {
    const changed = (...texts: string[]) => changedTags(before, texts);
    expect(changed("team: vision", "draft")).toEqual({ add_tags: {}, remove_tags: [] });
    expect(changed("team: vision", "draft", "a=b:c")).toEqual({ add_tags: { a: "b:c" }, remove_tags: [] });
    expect(changed("team: vision", "draft", "team: audio")).toEqual({
      add_tags: { team: "audio" },
      remove_tags: [],
    });
    expect(changed("draft")).toEqual({ add_tags: {}, remove_tags: ["team"] });
  });
});
