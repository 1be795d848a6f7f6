package io.vellamo.engine.shard;

/**
 * A hash table with linear probing from keys to the numbers of slots, which knows only the hashes
 * of the keys: the keys themselves are in the slots.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Cost</b> 8 bytes for each place, of which at most three in five are taken; a search usually
 * reads one line of the processor's cache.
 */
final class SlotIndex {
  /** Returned if there is no slot. */
  static final int NONE = -1;

  private static final int FIRST_PLACES = 16;

  /** The keys in the slots. */
  interface Keys {
    /** Returns whether a slot is that of a key with the same hash. */
    boolean isKey(int slot, byte[] key);
  }

  private final Keys keys;
  // Two numbers for each place: the hash, and the slot plus 1, which is 0 if the place is free.
  private int[] places = new int[FIRST_PLACES * 2];
  private int mask = FIRST_PLACES - 1;
  private int size;

  SlotIndex(Keys keys) {
    this.keys = keys;
  }

  int size() {
    return size;
  }

  /** Returns the slot of a key; {@link #NONE} if there is none. */
  int find(int hash, byte[] key) {
    int[] all = places;
    for (int place = hash & mask; ; place = (place + 1) & mask) {
      int slot = all[place * 2 + 1] - 1;
      if (slot < 0 || (all[place * 2] == hash && keys.isKey(slot, key))) {
        return slot;
      }
    }
  }

  /** Adds the slot of a key that has none. */
  void add(int hash, int slot) {
    size++;
    if (size * 5L > (mask + 1) * 3L) {
      grow();
    }
    put(hash, slot);
  }

  private void put(int hash, int slot) {
    int place = hash & mask;
    while (places[place * 2 + 1] != 0) {
      place = (place + 1) & mask;
    }
    places[place * 2] = hash;
    places[place * 2 + 1] = slot + 1;
  }

  private void grow() {
    int[] before = places;
    places = new int[before.length * 2];
    mask = places.length / 2 - 1;
    for (int i = 0; i < before.length; i += 2) {
      if (before[i + 1] != 0) {
        put(before[i], before[i + 1] - 1);
      }
    }
  }

  /** Removes a slot, which must be in the table. Those behind it move up, so no mark is left. */
  void remove(int hash, int slot) {
    int free = hash & mask;
    while (places[free * 2 + 1] != slot + 1) {
      free = (free + 1) & mask;
    }
    size--;
    for (int place = (free + 1) & mask; places[place * 2 + 1] != 0; place = (place + 1) & mask) {
      // A slot may move up to its own place, but not beyond it.
      int distance = (place - places[place * 2]) & mask;
      if (distance >= ((place - free) & mask)) {
        places[free * 2] = places[place * 2];
        places[free * 2 + 1] = places[place * 2 + 1];
        free = place;
      }
    }
    places[free * 2 + 1] = 0;
  }
}
