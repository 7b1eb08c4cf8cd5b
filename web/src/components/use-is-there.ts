import { type RefObject, useEffect, useRef } from "react";

/** Whether the component is still on the page: what it would do next must not happen to one opened meanwhile. */
export function useIsThere(): Readonly<RefObject<boolean>> {
  const isThere = useRef(false);
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
    };
  }, []);
  return isThere;
}
