package io.vellamo.actors;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.ParallelSink;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A transactional sink in memory that is written in ranges, of which tests disturb the calls. A
 * range is known by its first shard, as those of databases are.
 */
public final class MemoryRanges implements ParallelSink<String> {
  /** A disturbance of a call. */
  public interface Call {
    void of(String call, long epoch) throws Exception;
  }

  /** The rows of a range in the store. */
  private static final class Store {
    final Map<Long, List<String>> prepared = new TreeMap<>();
    final List<String> rows = new ArrayList<>();
    long owner;
    long committed;
  }

  public final List<String> opened = new CopyOnWriteArrayList<>();
  private final Map<Integer, Store> stores = new ConcurrentHashMap<>();
  public volatile Call before = (call, epoch) -> {};
  public volatile Runnable onOpen = () -> {};

  /** Returns the visible rows. */
  public List<String> rows() {
    List<String> all = new ArrayList<>();
    for (Store store : stores.values()) {
      synchronized (store) {
        all.addAll(store.rows);
      }
    }
    return all;
  }

  /** Loses what is written and not committed. */
  public void lose() {
    for (Store store : stores.values()) {
      synchronized (store) {
        store.prepared.clear();
      }
    }
  }

  @Override
  public String description() {
    return "MemoryRanges";
  }

  @Override
  public SinkGuarantee guarantee() {
    return SinkGuarantee.TRANSACTIONAL;
  }

  @Override
  public ShardWriter<String> open(SinkContext context, ShardRange shards, long owner) {
    opened.add(shards.toString());
    onOpen.run();
    Store store = stores.computeIfAbsent(shards.first(), none -> new Store());
    synchronized (store) {
      if (owner < store.owner) {
        throw new IllegalStateException("an earlier owner");
      }
      store.owner = owner;
    }
    return new Writer(store, owner);
  }

  private final class Writer implements ShardWriter<String> {
    private final Store store;
    private final long owner;

    Writer(Store store, long owner) {
      this.store = store;
      this.owner = owner;
    }

    @Override
    public void write(EpochRows<? extends String> rows) throws Exception {
      before.of("write", rows.epoch());
      List<String> some = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        some.add(rows.row(i));
      }
      synchronized (store) {
        requireOwner();
        store.prepared.put(rows.epoch(), some);
      }
    }

    private void requireOwner() {
      if (owner < store.owner) {
        throw new IllegalStateException("an earlier owner");
      }
    }

    @Override
    public boolean holds(long epoch) {
      synchronized (store) {
        return epoch <= store.committed || store.prepared.containsKey(epoch);
      }
    }

    @Override
    public void commit(long epoch) throws Exception {
      before.of("commit", epoch);
      synchronized (store) {
        requireOwner();
        List<String> rows = store.prepared.remove(epoch);
        if (epoch > store.committed && rows != null) {
          store.committed = epoch;
          store.rows.addAll(rows);
        }
      }
      before.of("committed", epoch);
    }

    @Override
    public void close() {}
  }
}
