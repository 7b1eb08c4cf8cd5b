import { escapedText, visibleText } from "../tracking-error.js";
import type { Terminal } from "./terminal.js";

/**
 * A terminal that no text of a store can speak to: what is said and shown is cleaned on its way. JSON keeps
 * every character, as an escape; so does what is exact data, but on a screen.
 */
export function cleanTerminal(terminal: Terminal, isJson: boolean): Terminal {
  const clean = isJson ? escapedText : visibleText;
  return {
    ...terminal,
    out: (text, options) => terminal.out(options?.exact && !terminal.screen ? text : clean(text)),
    talk: (text) => terminal.talk(clean(text)),
  };
}
