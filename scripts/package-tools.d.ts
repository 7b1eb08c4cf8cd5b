export function packageTools(group: string): { folder: string } | { missing: string };
