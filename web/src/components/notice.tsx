import { Button, Group, Paper, Text } from "@mantine/core";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";

import classes from "./notice.module.css";

export interface Notice {
  text: string;
  /** Takes back what was done. */
  undo?: (() => void) | undefined;
  isError?: boolean;
}

/** How long a notice stays, in milliseconds. */
const shownFor = 12_000;

const NoticeContext = createContext<(notice: Notice) => void>(() => {});

/** Says what was done, or why it was not, over the page that did it. */
export const useNotice = () => useContext(NoticeContext);

/** Shows the last notice at the bottom, whatever page is open by then. */
export function NoticeProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Notice & { at: number }>();
  const show = useCallback((notice: Notice) => setShown({ ...notice, at: Date.now() }), []);
  const close = useMemo(() => () => setShown(undefined), []);
  useEffect(() => {
    if (!shown) return undefined;
    const timer = setTimeout(close, shownFor);
    return () => clearTimeout(timer);
  }, [shown, close]);
  return (
    <NoticeContext.Provider value={show}>
      {children}
      <div className={classes.place} role="status">
        {shown && (
          <Paper withBorder shadow="md" p="xs" pl="md" className={classes.notice} data-error={shown.isError}>
            <Group gap="sm" wrap="nowrap">
              <Text size="sm" style={{ overflowWrap: "anywhere" }}>
                {shown.text}
              </Text>
              {shown.undo && (
                <Button
                  size="compact-sm"
                  variant="light"
                  onClick={() => {
                    shown.undo?.();
                    close();
                  }}
                >
                  Undo
                </Button>
              )}
              <Button size="compact-sm" variant="subtle" color="gray" onClick={close}>
                Close
              </Button>
            </Group>
          </Paper>
        )}
      </div>
    </NoticeContext.Provider>
  );
}
