import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/*
 * The write-ahead log of a file as sqlite lays it out: a header, and frames with a page each. Each frame holds a checksum over all
 * before it, and sqlite reads up to the first that does not fit: what was acknowledged behind it would vanish without a word.
 */
const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** The last bit says in which order of bytes the checksums are made. */
const MAGIC = 0x377f0682;
const PAGE_BYTES = { least: 512, most: 65_536 };
/**
 * Each commit is synced before the next one is written, so a loss of power leaves one that is broken at most, and that one was not
 * acknowledged. More than one behind a break were.
 */
const UNSYNCED_COMMITS = 1;

/** What is wrong with it, in words; null for one that is whole, empty or absent. To be asked while no process has the file open. */
export function walDamage(path: string): string | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return null;
  }
  try {
    return damageOf(file, fstatSync(file).size);
  } finally {
    closeSync(file);
  }
}

function damageOf(file: number, bytes: number): string | null {
  if (bytes <= HEADER_BYTES) return null;
  const header = Buffer.alloc(HEADER_BYTES);
  readSync(file, header, 0, HEADER_BYTES, 0);
  const pageBytes = header.readUInt32BE(8);
  const isLittleEndian = header.readUInt32BE(0) === MAGIC;
  const sum = new Checksum(isLittleEndian);
  sum.add(header.subarray(0, 24));
  const isHeader = (isLittleEndian || header.readUInt32BE(0) === MAGIC + 1) && isPageSize(pageBytes) && sum.equals(header.subarray(24));
  if (!isHeader) return 'its header is not as it was written, so that nothing in it can be read';
  const frame = Buffer.alloc(FRAME_HEADER_BYTES + pageBytes);
  let brokenAt: number | null = null;
  let commitsBehind = 0;
  for (let at = HEADER_BYTES; at + frame.length <= bytes; at += frame.length) {
    readSync(file, frame, 0, frame.length, at);
    const isOfThisLog = frame.subarray(8, 16).equals(header.subarray(16, 24));
    if (brokenAt === null) {
      sum.add(frame.subarray(0, 8));
      sum.add(frame.subarray(FRAME_HEADER_BYTES));
      if (isOfThisLog && sum.equals(frame.subarray(16, 24))) continue;
      brokenAt = at;
    }
    // Frames that are left of before the file was begun anew have other salts.
    if (isOfThisLog && frame.readUInt32BE(4) > 0) commitsBehind += 1;
  }
  if (brokenAt === null || commitsBehind <= UNSYNCED_COMMITS) return null;
  return `it is broken at byte ${brokenAt}, so that ${commitsBehind} commits behind can not be read`;
}

const isPageSize = (bytes: number): boolean => bytes >= PAGE_BYTES.least && bytes <= PAGE_BYTES.most && (bytes & (bytes - 1)) === 0;

/** The checksum of sqlite's write-ahead logs: two running sums over pairs of words. */
class Checksum {
  #first = 0;
  #second = 0;

  constructor(private readonly isLittleEndian: boolean) {}

  add(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; at += 8) {
      this.#first = (this.#first + this.#word(bytes, at) + this.#second) >>> 0;
      this.#second = (this.#second + this.#word(bytes, at + 4) + this.#first) >>> 0;
    }
  }

  equals(written: Buffer): boolean {
    return written.readUInt32BE(0) === this.#first && written.readUInt32BE(4) === this.#second;
  }

  #word(bytes: Buffer, at: number): number {
    return this.isLittleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  }
}
