import { ActionIcon, CopyButton, Tooltip } from "@mantine/core";

/** Puts a text into the clipboard. */
export function CopyText({ text, what }: { text: string; what: string }) {
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Tooltip
          label={copied ? "Copied" : `Copy ${what}`}
          events={{ hover: true, focus: true, touch: true }}
        >
          <ActionIcon variant="subtle" color="gray" size="sm" onClick={copy} aria-label={`Copy ${what}`}>
            <svg
              width="14"
              height="14"
              viewBox="0 0 14 14"
              aria-hidden="true"
              fill="none"
              stroke="currentColor"
            >
              {copied ? (
                <path d="m2 7.5 3.5 3.5L12 3.5" strokeWidth="1.8" />
              ) : (
                <>
                  <rect x="4.5" y="4.5" width="7.5" height="7.5" rx="1" />
                  <path d="M9.5 2.5v-.5H2v7.5h.5" />
                </>
              )}
            </svg>
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}
