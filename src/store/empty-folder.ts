/**
 * A folder beside those of the projects, for files without rows: some databases refuse to read files of a kind
 * where there is none. No project can be called so.
 */
export const emptyFolder = "_empty";
