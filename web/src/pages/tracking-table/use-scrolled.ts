import { type RefObject, useEffect, useState } from "react";

export interface Scrolled {
  scrollTop: number;
  scrollLeft: number;
  width: number;
  height: number;
}

/** How far an element is scrolled and how large it is, in pixels. */
export function useScrolled(element: RefObject<HTMLElement | null>): Scrolled {
  const [view, setView] = useState<Scrolled>({ scrollTop: 0, scrollLeft: 0, width: 1200, height: 800 });
  useEffect(() => {
    const { current } = element;
    if (!current) return undefined;
    const read = () => {
      const { scrollTop, scrollLeft, clientWidth: width, clientHeight: height } = current;
      setView({ scrollTop, scrollLeft, width, height });
    };
    read();
    current.addEventListener("scroll", read, { passive: true });
    const resizing = new ResizeObserver(read);
    resizing.observe(current);
    return () => {
      current.removeEventListener("scroll", read);
      resizing.disconnect();
    };
  }, [element]);
  return view;
}
