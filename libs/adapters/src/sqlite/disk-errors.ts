/** What sqlite answers where another process writes the file, and where the disk can't be written, fails, is full, or has no such place. */
const SQLITE_CODES: readonly unknown[] = [5, 8, 10, 13, 14];
const SYSTEM_CODES: readonly unknown[] = ['EACCES', 'EDQUOT', 'EFBIG', 'EIO', 'ENOSPC', 'EROFS'];

/** Whether an error, or what caused it, is that the disk did not do as it was asked: not what a file holds. */
export function isOfDisk(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const {
    errcode = 0,
    code,
    isOfDisk: isToldBy,
    cause,
  } = error as { errcode?: number; code?: unknown; isOfDisk?: boolean; cause?: unknown };
  // The low byte of an extended code is the kind of error.
  return isToldBy === true || SQLITE_CODES.includes(errcode & 0xff) || SYSTEM_CODES.includes(code) || isOfDisk(cause);
}
