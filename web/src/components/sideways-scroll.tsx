import { Text } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";

import classes from "./sideways-scroll.module.css";

/** Something wide that is scrolled sideways by itself, and says so where a part of it is out of sight. */
export function SidewaysScroll({ label, children }: { label: string; children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  const [hidden, setHidden] = useState({ left: false, right: false });
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const look = () => {
      const { scrollLeft, scrollWidth, clientWidth } = element;
      const next = { left: scrollLeft > 1, right: scrollLeft + clientWidth < scrollWidth - 1 };
      setHidden((before) => (before.left === next.left && before.right === next.right ? before : next));
    };
    look();
    element.addEventListener("scroll", look, { passive: true });
    const resizing = new ResizeObserver(look);
    resizing.observe(element);
    if (element.firstElementChild) resizing.observe(element.firstElementChild);
    return () => {
      element.removeEventListener("scroll", look);
      resizing.disconnect();
    };
  }, []);
  return (
    <>
      <div
        ref={frame}
        className={classes.frame}
        data-right={hidden.right}
        tabIndex={0}
        role="region"
        aria-label={label}
      >
        {children}
      </div>
      {(hidden.left || hidden.right) && (
        <Text size="xs" c="dimmed" ta="right" aria-hidden="true">
          {hidden.left && "← "}scroll sideways for more{hidden.right && " →"}
        </Text>
      )}
    </>
  );
}
