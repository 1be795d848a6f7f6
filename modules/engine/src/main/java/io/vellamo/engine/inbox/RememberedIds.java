package io.vellamo.engine.inbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/** The ids of the last messages of an inbox, in the order of their offsets, without gaps. */
final class RememberedIds {
  private final Deque<String> inOrder = new ArrayDeque<>();
  private final Set<String> known = new HashSet<>();
  private long bytes;

  boolean contains(String id) {
    return known.contains(id);
  }

  int size() {
    return inOrder.size();
  }

  /** Returns the approximate size in the journal. */
  long bytes() {
    return bytes;
  }

  void add(String id) {
    inOrder.add(id);
    known.add(id);
    bytes += size(id);
  }

  /** Forgets the oldest ids, so that no more than a number is left. */
  void forgetAllBut(long most) {
    while (inOrder.size() > most) {
      String oldest = inOrder.remove();
      known.remove(oldest);
      bytes -= size(oldest);
    }
  }

  void clear() {
    forgetAllBut(0);
  }

  /** Returns the ids, oldest first. */
  Iterator<String> iterator() {
    return inOrder.iterator();
  }

  private static long size(String id) {
    return new InboxMessage(id, null).size();
  }
}
