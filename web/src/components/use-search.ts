import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

import type { Search } from "../router.js";

/** The address's search part and how to change it: every state of a page lives there, so that a link shows the same. */
export function useAddress(): {
  search: Search;
  /** @param replace where going back should not bring the state before, such as while typing */
  change: (changes: Search, replace?: boolean) => void;
} {
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (changes: Search, replace = false) =>
      void navigate({ to: ".", search: (before: Search) => ({ ...before, ...changes }), replace } as never),
    [navigate],
  );
  return { search, change };
}

/** A parameter that is one text. */
export function one(search: Search, name: string): string | undefined {
  const value = search[name];
  return Array.isArray(value) ? value[0] : value;
}

/** A parameter that is a list; none where it is not there. */
export function several(search: Search, name: string): string[] {
  const value = search[name];
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
