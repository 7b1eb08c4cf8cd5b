import { createContext, useContext } from "react";

import type { ExperimentSearch } from "../search.js";

/** What the address says of the experiment that is shown, and how to change it. */
export interface ExperimentAddress {
  search: ExperimentSearch;
  /** @param replace where going back should not bring the state before, such as while typing */
  change: (changes: ExperimentSearch, replace?: boolean) => void;
}

const AddressContext = createContext<ExperimentAddress | undefined>(undefined);

/** Whoever shows an experiment, a page or a pane beside a table, says where its state is kept. */
export const ExperimentAddressProvider = AddressContext.Provider;

export function useExperimentAddress(): ExperimentAddress {
  const address = useContext(AddressContext);
  if (address === undefined) throw new Error("an experiment is shown outside of ExperimentAddressProvider");
  return address;
}
