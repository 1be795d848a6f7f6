package io.vellamo.engine.inbox;

import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.journal.InboxRecord;
import io.vellamo.engine.journal.JournalLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** An inbox on a journal in memory, which can crash and start again at any point. */
final class StoredInbox implements InboxEffects {
  private final InboxLimits limits;
  // What survives a crash: records by their number, and the place where a recovery begins.
  private final Map<Long, InboxRecord> journal = new TreeMap<>();
  private long last;
  private long mark;
  private long runs;

  final Deque<List<InboxRecord>> writes = new ArrayDeque<>();
  final List<Long> stored = new ArrayList<>();
  final List<Long> duplicates = new ArrayList<>();
  int signals;
  boolean isOpened;
  private InboxMachine machine;

  StoredInbox(InboxLimits limits) {
    this.limits = limits;
    this.machine = new InboxMachine(limits, this);
  }

  static InboxLimits limits(int capacity, int rememberedIds) {
    return new InboxLimits(
        capacity, rememberedIds, new JournalLimits(1 << 20, 1 << 20, 1 << 20, false));
  }

  /** Starts again, as after a crash: whatever is not in the journal is lost. */
  StoredInbox start(OptionalLong committed) {
    writes.clear();
    isOpened = false;
    runs++;
    machine = new InboxMachine(limits, this);
    journal.forEach(
        (number, record) -> {
          if (number > mark) {
            machine.recover(record);
          }
        });
    machine.recovered(runs, committed, last);
    return this;
  }

  /** Starts again without the mark, as if the snapshot store had been lost. */
  StoredInbox startWithoutMark(OptionalLong committed) {
    mark = 0;
    return start(committed);
  }

  StoredInbox started() {
    return start(OptionalLong.empty()).writeAll();
  }

  void offer(Offer... offers) {
    machine.offer(Arrays.asList(offers));
  }

  void committed(long offset) {
    machine.committed(offset);
  }

  static Offer message(long ticket, String id) {
    return new Offer(ticket, id, new StoredValue("e", new byte[] {(byte) ticket}));
  }

  /** Appends the records of the write under way, without telling the machine. */
  void append() {
    for (InboxRecord record : writes.element()) {
      last++;
      journal.put(last, record);
    }
  }

  /** Completes the write under way. */
  void write() {
    append();
    writes.remove();
    machine.journaled(last);
  }

  StoredInbox writeAll() {
    while (!writes.isEmpty()) {
      write();
    }
    return this;
  }

  InboxEvents events() {
    return machine.events();
  }

  /** Returns the first byte of each event that is not committed. */
  List<Integer> unread() {
    return events().range(events().first(), events().end()).stream()
        .map(event -> (int) event.bytes()[0])
        .toList();
  }

  List<InboxRecord> journal() {
    return List.copyOf(journal.values());
  }

  @Override
  public void persist(List<InboxRecord> records) {
    if (!writes.isEmpty()) {
      throw new AssertionError("one write must be under way at a time");
    }
    writes.add(records);
  }

  @Override
  public void opened() {
    isOpened = true;
  }

  @Override
  public void answer(List<Long> newlyStored, List<Long> storedBefore) {
    stored.addAll(newlyStored);
    duplicates.addAll(storedBefore);
  }

  @Override
  public void signal() {
    signals++;
  }

  @Override
  public void markSnapshot(long beginsAfter, long before) {
    mark = beginsAfter;
    journal.keySet().removeIf(number -> number <= before);
  }
}
