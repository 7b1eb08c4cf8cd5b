/**
 * What an experiment is called: its name, or, where it has none, two words made from its prediction id and
 * the id's end. The same id makes the same words, everywhere and always.
 * @example experimentTitle(undefined, "0mexa3b7kq2z") // "mild-lynx-q2z"
 */
export function experimentTitle(name: string | null | undefined, predictionId: string): string {
  if (name !== undefined && name !== null && name.trim() !== "") return name;
  const hash = hashOf(predictionId);
  const adjective = adjectives[hash % adjectives.length] as string;
  const noun = nouns[Math.floor(hash / adjectives.length) % nouns.length] as string;
  return `${adjective}-${noun}-${predictionId.slice(-3)}`;
}

/** FNV-1a of 32 bits, of UTF-16 units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}

/** Changing these lists would rename what users know by its name. */
const adjectives = `
  able airy amber ample apt azure bold brave brief bright brisk calm clear clever cool coral crisp
  deep eager early fair fine firm fleet fond free fresh gentle glad golden grand green happy hardy
  keen kind late light lively loyal lucid mellow merry mild misty neat noble pale plain polite prime
  proud quick quiet rapid rosy royal silver smooth snowy solid still sunny swift tidy vivid warm wise
`
  .trim()
  .split(/\s+/);
const nouns = `
  acorn alder aspen badger bay beech birch bison brook cedar cliff clover comet coral crane creek dawn
  delta dove dune eagle elm ember falcon fern finch fjord forest fox garden glen grove harbor hawk
  hazel heron hill island ivy jay lake lark leaf linden lynx maple marsh meadow moor moss otter owl
  pine plover pond quartz raven reef ridge river robin sparrow spruce stone swan thrush willow wren
`
  .trim()
  .split(/\s+/);
