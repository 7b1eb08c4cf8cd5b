/**
 * File systems on which appends from several machines are not atomic, by the magic numbers of statfs(2) on
 * Linux. FUSE is among them: it may be anything (sshfs, gcsfuse), and the careful way only costs more log
 * files.
 */
const networkFileSystems = new Map<bigint, string>([
  [0x6969n, "NFS"],
  [0x517bn, "SMB"],
  [0xfe534d42n, "SMB 2"],
  [0xff534d42n, "CIFS"],
  [0x65735546n, "FUSE"],
  [0x01021997n, "9P"],
  [0x0bd00bd0n, "Lustre"],
  [0x00c36400n, "Ceph"],
  [0x5346414fn, "AFS"],
  [0x47504653n, "GPFS"],
  [0x19830326n, "BeeGFS"],
]);

export function isNetworkDisk(fileSystemType: bigint): boolean {
  return networkFileSystems.has(BigInt.asUintN(32, fileSystemType));
}
