package io.vellamo.engine.shard;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An allocator of blocks of bytes within larger arrays, the pages: to the garbage collector,
 * millions of small values are a few thousand objects without references.
 *
 * <p>A block has an address, and is freed by address and size. Freed blocks are used again for
 * blocks of their size only; {@link #isSparse} tells when it pays to copy all blocks to new pages.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Cost</b> A size is rounded up to a multiple of 8 bytes. A block larger than a page is an
 * array of its own.
 */
final class BlockPages {
  private static final int UNIT_SHIFT = 3;
  private static final int PAGE_SHIFT = 12;
  private static final int PAGE_UNITS = 1 << PAGE_SHIFT;
  private static final int PAGE_BYTES = PAGE_UNITS << UNIT_SHIFT;
  private static final int MOST_PAGES = 1 << (31 - PAGE_SHIFT);

  /** The size of the first page at first: most operators of small queries have few groups. */
  private static final int FIRST_BYTES = 512;

  /** The number of free bytes up to which copying does not pay. */
  private static final long FEW_BYTES = 4 * PAGE_BYTES;

  private byte[] @Nullable [] pages = new byte[4][];
  private int pageCount;
  private final IntStack freePages = new IntStack();
  // By size in units: the address of the block freed last plus 1; its first bytes refer to the
  // next.
  private int[] firstFree = new int[16];
  // The page that is being filled, and the number of its units in use.
  private int current;
  private int filled = PAGE_UNITS;
  private long allBytes;
  private long freeBytes;

  /** Returns the size of a block, in units. */
  static int units(int bytes) {
    return (bytes + (1 << UNIT_SHIFT) - 1) >>> UNIT_SHIFT;
  }

  /** Returns the page of a block. */
  byte[] page(int address) {
    return pages[address >>> PAGE_SHIFT];
  }

  /** Returns the index of a block's first byte in its page. */
  static int offset(int address) {
    return (address & (PAGE_UNITS - 1)) << UNIT_SHIFT;
  }

  /** Returns the address of a new block, whose bytes are arbitrary. */
  int allocate(int bytes) {
    int units = units(bytes);
    if (units > PAGE_UNITS) {
      return newPage(new byte[units << UNIT_SHIFT]) << PAGE_SHIFT;
    }
    if (units < firstFree.length && firstFree[units] != 0) {
      int address = firstFree[units] - 1;
      firstFree[units] = Ints.get(page(address), offset(address));
      freeBytes -= (long) units << UNIT_SHIFT;
      return address;
    }
    if (filled + units > PAGE_UNITS) {
      beginPage();
    }
    makeRoom(units);
    int address = (current << PAGE_SHIFT) + filled;
    filled += units;
    return address;
  }

  /** Frees a block of a size. */
  void free(int address, int bytes) {
    int units = units(bytes);
    if (units > PAGE_UNITS) {
      int page = address >>> PAGE_SHIFT;
      pages[page] = null;
      freePages.push(page);
      allBytes -= (long) units << UNIT_SHIFT;
    } else {
      free(address, units, units << UNIT_SHIFT);
    }
  }

  private void free(int address, int units, int bytes) {
    if (units >= firstFree.length) {
      firstFree = Arrays.copyOf(firstFree, Math.max(units + 1, firstFree.length * 2));
    }
    Ints.put(page(address), offset(address), firstFree[units]);
    firstFree[units] = address + 1;
    freeBytes += bytes;
  }

  /** Returns whether most bytes of the pages are free. */
  boolean isSparse() {
    return freeBytes > FEW_BYTES && freeBytes > allBytes / 2;
  }

  /** Returns the bytes of all pages. */
  long allBytes() {
    return allBytes;
  }

  private void beginPage() {
    int rest = PAGE_UNITS - filled;
    if (rest > 0) {
      makeRoom(rest);
      free((current << PAGE_SHIFT) + filled, rest, rest << UNIT_SHIFT);
    }
    current = newPage(new byte[pageCount == 0 ? FIRST_BYTES : PAGE_BYTES]);
    filled = 0;
  }

  /** Makes the current page longer if it is a short one. */
  private void makeRoom(int units) {
    byte[] page = page(current << PAGE_SHIFT);
    int needed = (filled + units) << UNIT_SHIFT;
    if (needed > page.length) {
      int length = Math.min(PAGE_BYTES, Integer.highestOneBit(needed - 1) << 1);
      allBytes += length - page.length;
      pages[current] = Arrays.copyOf(page, length);
    }
  }

  private int newPage(byte[] page) {
    allBytes += page.length;
    if (!freePages.isEmpty()) {
      int number = freePages.pop();
      pages[number] = page;
      return number;
    }
    if (pageCount == MOST_PAGES) {
      throw new IllegalStateException(
          "the groups of a shard must take at most [%d] pages of [%d] bytes; use more shards"
              .formatted(MOST_PAGES, PAGE_BYTES));
    }
    if (pageCount == pages.length) {
      pages = Arrays.copyOf(pages, pageCount * 2);
    }
    pages[pageCount] = page;
    return pageCount++;
  }
}
