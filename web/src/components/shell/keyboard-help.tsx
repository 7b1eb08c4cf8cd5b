import { Kbd, Table } from "@mantine/core";

import { Dialog } from "../dialog.js";

const keys: readonly (readonly [keys: readonly string[], what: string])[] = [
  [["Ctrl", "K"], "Go to a project, an experiment or a page; ⌘ K on a Mac"],
  [["?"], "This help"],
  [["↑", "↓", "←", "→"], "In a table: another cell"],
  [["Page Up", "Page Down"], "In a table: a screenful on"],
  [["Home", "End"], "In a table: the row's ends; with Ctrl the table's"],
  [["Enter"], "In a table: shows the experiment beside it; once more, its whole page"],
  [["Space"], "In a table: selects the experiment, to compare it"],
  [["Shift", "click"], "On a column's name: sorts by it, too"],
  [["Ctrl", "click"], "On an experiment's name: opens its page in another tab"],
];

export default function KeyboardHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard" size="lg" onClose={onClose}>
      <Table verticalSpacing={6}>
        <Table.Tbody>
          {keys.map(([pressed, what]) => (
            <Table.Tr key={what}>
              <Table.Td style={{ whiteSpace: "nowrap" }}>
                {pressed.map((key) => (
                  <Kbd key={key} mr={4}>
                    {key}
                  </Kbd>
                ))}
              </Table.Td>
              <Table.Td>{what}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Dialog>
  );
}
