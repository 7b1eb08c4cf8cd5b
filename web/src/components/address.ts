import { useCallback } from "react";

/** A page's route, as getRouteApi gives it. */
interface PageRoute<Search> {
  useSearch: () => Search;
  useNavigate: () => (to: {
    to: ".";
    search: (before: Search) => Search;
    replace: boolean;
    resetScroll: false;
  }) => Promise<void>;
}

export type Changes<Search> = Search | ((before: Search) => Search);

/**
 * What a page's address says and how to change it: every state of a page lives there, so that a link shows
 * the same. A change leaves the page where it is scrolled to.
 */
export function useAddress<Search extends object>(
  route: PageRoute<Search>,
): {
  search: Search;
  /**
   * @param changes or, where they depend on what the address says by then, a function of that
   * @param replace where going back should not bring the state before, such as while typing
   */
  change: (changes: Changes<Search>, replace?: boolean) => void;
} {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = useCallback(
    (changes: Changes<Search>, replace = false) =>
      void navigate({
        to: ".",
        search: (before) => ({
          ...before,
          ...(typeof changes === "function" ? changes(before) : changes),
        }),
        replace,
        resetScroll: false,
      }),
    [navigate],
  );
  return { search, change };
}
