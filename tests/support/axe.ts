import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** What axe looks at colours for; all else is the same in light and in dark ones. */
const rulesOfColour = ["color-contrast", "link-in-text-block"];

/** What axe finds wrong with a page, or a part of it: each a rule and the first element that breaks it. */
export async function barriersOf(page: Page, part?: string, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
  if (part !== undefined) axe.include(part);
  if (rules !== undefined) axe.withRules(rules);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
}

/** The same in light and in dark colours; the page is left in those that it was not in. */
export async function barriersInAllColours(page: Page, part?: string): Promise<string[]> {
  const first = await barriersOf(page, part);
  const isDark = (await page.locator("html[data-mantine-color-scheme=dark]").count()) > 0;
  const other = isDark ? "light" : "dark";
  await page.emulateMedia({ colorScheme: other });
  await page.locator(`html[data-mantine-color-scheme=${other}]`).waitFor();
  await page.waitForTimeout(300); // colours pass into each other
  const then = await barriersOf(page, part, rulesOfColour);
  return [...first, ...then.map((barrier) => `${other}: ${barrier}`)];
}
