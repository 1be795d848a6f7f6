package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a shard that have a single state or a timeout, in serialized form.
 *
 * <p>A group has a slot, which it keeps until it is removed. Its key and state are bytes in {@link
 * BlockPages}, where a new state overwrites the one before if it is about as long, and the rest is
 * in an array for each property. So a group is no object that the collector would have to follow,
 * copy, or look for in the old generation after each change.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Cost</b> About 50 bytes per group besides key and state. {@link #entry} copies the state.
 */
final class GroupTable {
  /** Returned if there is no slot. */
  static final int NONE = SlotIndex.NONE;

  private static final int NO_STATE = -1;
  private static final int FREE = -1;
  private static final int FIRST_SLOTS = 16;

  // A block has the lengths of key and state, the key, and the state.
  private static final int STATE_LENGTH = Integer.BYTES;
  private static final int KEY = 2 * Integer.BYTES;

  private final SlotIndex index = new SlotIndex(this::isKey);
  private final IntStack freeSlots = new IntStack();
  private BlockPages blocks = new BlockPages();
  private int end;
  private long bytes;

  // By slot.
  private int[] addresses = new int[FIRST_SLOTS];
  private long[] timeouts = new long[FIRST_SLOTS];
  private long[] stateEpochs = new long[FIRST_SLOTS];
  // Not as long as the others if no group has one.
  private @Nullable Object[] handles = new Object[0];

  /** Returns the number of groups. */
  int size() {
    return index.size();
  }

  /** Returns the size of all groups in the journal, approximately. */
  long bytes() {
    return bytes;
  }

  /** Returns the memory that keys and states take, used or not. */
  long allBytes() {
    return blocks.allBytes();
  }

  /** Returns the number after that of the last slot. */
  int end() {
    return end;
  }

  /** Returns the slot of a group; {@link #NONE} if it is not in the table. */
  int find(GroupKey key) {
    return index.find(key.hashCode(), key.bytes());
  }

  private boolean isKey(int slot, byte[] key) {
    int address = addresses[slot];
    byte[] page = blocks.page(address);
    int from = BlockPages.offset(address);
    return Ints.get(page, from) == key.length
        && Arrays.equals(page, from + KEY, from + KEY + key.length, key, 0, key.length);
  }

  /** Returns the first slot of a group from a number on; {@link #end} if there is none. */
  int next(int from) {
    int slot = from;
    while (slot < end && addresses[slot] == FREE) {
      slot++;
    }
    return slot;
  }

  /** Returns the group of a slot. */
  GroupKey key(int slot) {
    int address = addresses[slot];
    byte[] page = blocks.page(address);
    int from = BlockPages.offset(address) + KEY;
    return GroupKey.of(Arrays.copyOfRange(page, from, from + Ints.get(page, from - KEY)));
  }

  /** Returns a copy of a group's entry. */
  GroupEntry entry(int slot) {
    return GroupEntry.kept(state(slot), timeouts[slot], stateEpochs[slot]);
  }

  private byte @Nullable [] state(int slot) {
    int address = addresses[slot];
    byte[] page = blocks.page(address);
    int from = BlockPages.offset(address);
    int length = Ints.get(page, from + STATE_LENGTH);
    if (length == NO_STATE) {
      return null;
    }
    int begin = from + KEY + Ints.get(page, from);
    return Arrays.copyOfRange(page, begin, begin + length);
  }

  /** Returns whether a group has this entry, without a copy. */
  boolean holds(int slot, GroupEntry entry) {
    int address = addresses[slot];
    byte[] page = blocks.page(address);
    int from = BlockPages.offset(address);
    byte[] state = entry.state();
    int length = Ints.get(page, from + STATE_LENGTH);
    if (timeouts[slot] != entry.dueMillis() || length != lengthOf(state)) {
      return false;
    }
    int begin = from + KEY + Ints.get(page, from);
    return state == null || Arrays.equals(page, begin, begin + length, state, 0, length);
  }

  /** Returns a group's timeout; {@link GroupEntry#NO_TIMEOUT} if it has none. */
  long timeoutMillis(int slot) {
    return timeouts[slot];
  }

  /** Sets a group's timeout. */
  void timeoutMillis(int slot, long millis) {
    timeouts[slot] = millis;
  }

  /**
   * Sets a group's state and timeout, and returns its slot.
   *
   * @param slot the group's slot; {@link #NONE} if it is new
   * @param stateEpoch the epoch of the state
   */
  int put(int slot, GroupKey key, byte @Nullable [] state, long timeoutMillis, long stateEpoch) {
    byte[] keyBytes = key.bytes();
    int needed = KEY + keyBytes.length + (state == null ? 0 : state.length);
    int kept = slot;
    if (slot == NONE) {
      kept = newSlot();
      addresses[kept] = newBlock(keyBytes, needed);
      index.add(key.hashCode(), kept);
      bytes += GroupEntry.sizeWithoutContent(key);
    } else {
      int size = blockSize(addresses[kept]);
      if (BlockPages.units(size) != BlockPages.units(needed)) {
        blocks.free(addresses[kept], size);
        addresses[kept] = newBlock(keyBytes, needed);
      }
      bytes -= size - KEY - keyBytes.length;
    }
    bytes += needed - KEY - keyBytes.length;
    writeState(addresses[kept], keyBytes.length, state);
    timeouts[kept] = timeoutMillis;
    stateEpochs[kept] = stateEpoch;
    compact();
    return kept;
  }

  private int newBlock(byte[] key, int size) {
    int address = blocks.allocate(size);
    byte[] page = blocks.page(address);
    int from = BlockPages.offset(address);
    Ints.put(page, from, key.length);
    System.arraycopy(key, 0, page, from + KEY, key.length);
    return address;
  }

  private void writeState(int address, int keyLength, byte @Nullable [] state) {
    byte[] page = blocks.page(address);
    int from = BlockPages.offset(address);
    Ints.put(page, from + STATE_LENGTH, lengthOf(state));
    if (state != null) {
      System.arraycopy(state, 0, page, from + KEY + keyLength, state.length);
    }
  }

  private static int lengthOf(byte @Nullable [] state) {
    return state == null ? NO_STATE : state.length;
  }

  private int blockSize(int address) {
    byte[] page = blocks.page(address);
    int from = BlockPages.offset(address);
    return KEY + Ints.get(page, from) + Math.max(0, Ints.get(page, from + STATE_LENGTH));
  }

  /** Removes a group, whose handle has been taken care of. */
  void remove(int slot, GroupKey key) {
    index.remove(key.hashCode(), slot);
    int size = blockSize(addresses[slot]);
    bytes -= size - KEY - key.bytes().length + GroupEntry.sizeWithoutContent(key);
    blocks.free(addresses[slot], size);
    addresses[slot] = FREE;
    freeSlots.push(slot);
    if (slot < handles.length) {
      handles[slot] = null;
    }
    compact();
  }

  /** Returns the host's handle of a group; null if it has none. */
  @Nullable Object handle(int slot) {
    return slot < handles.length ? handles[slot] : null;
  }

  /** Sets the host's handle of a group; null if it has none. */
  void handle(int slot, @Nullable Object handle) {
    if (slot >= handles.length) {
      handles = Arrays.copyOf(handles, addresses.length);
    }
    handles[slot] = handle;
  }

  private int newSlot() {
    if (!freeSlots.isEmpty()) {
      return freeSlots.pop();
    }
    if (end == addresses.length) {
      int length = end + (end >> 1);
      addresses = Arrays.copyOf(addresses, length);
      timeouts = Arrays.copyOf(timeouts, length);
      stateEpochs = Arrays.copyOf(stateEpochs, length);
    }
    return end++;
  }

  private void compact() {
    if (!blocks.isSparse()) {
      return;
    }
    BlockPages fresh = new BlockPages();
    for (int slot = next(0); slot < end; slot = next(slot + 1)) {
      int from = addresses[slot];
      int size = blockSize(from);
      int to = fresh.allocate(size);
      System.arraycopy(
          blocks.page(from), BlockPages.offset(from), fresh.page(to), BlockPages.offset(to), size);
      addresses[slot] = to;
    }
    blocks = fresh;
  }
}
