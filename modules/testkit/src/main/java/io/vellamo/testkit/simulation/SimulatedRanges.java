package io.vellamo.testkit.simulation;

import io.vellamo.api.RetryableException;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.ParallelSink;
import io.vellamo.api.sink.RowId;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A sink in memory that is written in ranges of shards. A transactional one shows rows when they
 * are committed, and can lose those that are not; an idempotent one shows them when they are
 * written.
 *
 * <p><b>Threading</b> Used by one thread.
 *
 * @param <U> the row type
 */
final class SimulatedRanges<U> implements ParallelSink<U>, FailingSink<U> {
  /** The rows of a range in the store. */
  private static final class Store<U> {
    long owner;
    long committed;
    // Written and not committed: by epoch 0 if there is nothing.
    long preparedEpoch;
    List<Written<U>> prepared = List.of();
    final Map<RowId, Written<U>> visible = new LinkedHashMap<>();
    @Nullable ShardWriter<U> latest;
    final SimulatedOutage outage = new SimulatedOutage();
    int keptInOutage;
  }

  private final SinkGuarantee guarantee;
  private final LongSupplier committedEpoch;
  private final Map<String, Store<U>> stores = new TreeMap<>();
  private int failsAfter = NEVER;
  // The first call that the protocol forbids.
  private @Nullable String violation;

  /**
   * Creates an empty sink.
   *
   * @param guarantee transactional or idempotent
   * @param committedEpoch returns the last committed epoch of the query, by its journal
   */
  SimulatedRanges(SinkGuarantee guarantee, LongSupplier committedEpoch) {
    this.guarantee = guarantee;
    this.committedEpoch = committedEpoch;
  }

  @Override
  public void failAfter(int rows) {
    failsAfter = rows;
  }

  @Override
  public void beginOutage(int calls, int kept) {
    stores.values().forEach(store -> beginOutage(store, calls, kept));
  }

  /** Lets calls of one range fail, or of all. */
  @Override
  public void beginOutage(Dice dice, int calls, int kept) {
    if (stores.isEmpty() || dice.coin()) {
      beginOutage(calls, kept);
    } else {
      beginOutage(dice.pick(List.copyOf(stores.values())), calls, kept);
    }
  }

  private static void beginOutage(Store<?> store, int calls, int kept) {
    store.outage.begin(calls);
    store.keptInOutage = kept;
  }

  @Override
  public void endOutage() {
    stores.values().forEach(store -> store.outage.end());
  }

  /** Loses what is written and not committed of a range; returns false if there is nothing. */
  boolean lose(Dice dice) {
    List<Store<U>> prepared =
        stores.values().stream().filter(store -> store.preparedEpoch != 0).toList();
    if (prepared.isEmpty()) {
      return false;
    }
    Store<U> store = dice.pick(prepared);
    store.preparedEpoch = 0;
    store.prepared = List.of();
    return true;
  }

  @Override
  public List<Written<U>> written() {
    if (violation != null) {
      throw new AssertionError(violation);
    }
    List<Written<U>> all = new ArrayList<>();
    stores.values().forEach(store -> all.addAll(store.visible.values()));
    return all;
  }

  @Override
  public List<U> rows() {
    return written().stream().map(Written::row).toList();
  }

  @Override
  public String description() {
    return "SimulatedRanges[%s]".formatted(guarantee);
  }

  @Override
  public SinkGuarantee guarantee() {
    return guarantee;
  }

  @Override
  public ShardWriter<U> open(SinkContext context, ShardRange shards, long owner)
      throws SimulatedFailure {
    Store<U> store = stores.computeIfAbsent(shards.toString(), none -> new Store<>());
    if (owner < store.owner) {
      throw new SimulatedFailure("range [%s] belongs to run [%d]".formatted(shards, store.owner));
    }
    store.owner = owner;
    store.outage.call();
    boolean commitsAtOnce = shards.equals(ShardRange.ALL);
    Writer writer = new Writer(store, owner, commitsAtOnce, context.mode());
    store.latest = writer;
    return writer;
  }

  private void violated(String what) {
    if (violation == null) {
      violation = what;
    }
  }

  private final class Writer implements ShardWriter<U> {
    private final Store<U> store;
    private final long owner;
    private final boolean commitsAtOnce;
    private final OutputMode mode;
    private boolean hasFailed;

    Writer(Store<U> store, long owner, boolean commitsAtOnce, OutputMode mode) {
      this.store = store;
      this.owner = owner;
      this.commitsAtOnce = commitsAtOnce;
      this.mode = mode;
    }

    private void requireOwner() throws SimulatedFailure {
      if (owner < store.owner) {
        throw new SimulatedFailure("the range belongs to run [%d] now".formatted(store.owner));
      }
      if (store.latest != this) {
        violated("a writer must not be used after another one was opened for its range");
      }
      if (hasFailed) {
        violated("a writer must not be used after a failure that is retried");
      }
    }

    /** Returns the failure of a call that is made now; null if it succeeds. */
    private @Nullable RetryableException refusal() {
      RetryableException refusal = store.outage.next();
      hasFailed |= refusal != null;
      return refusal;
    }

    @Override
    public void write(EpochRows<? extends U> rows) throws SimulatedFailure {
      requireOwner();
      long epoch = rows.epoch();
      // An epoch that does not change the whole result is not written.
      if (mode != OutputMode.COMPLETE && epoch > store.committed + 1) {
        violated(
            "epoch [%d] must not be written before epoch [%d] is committed"
                .formatted(epoch, epoch - 1));
      }
      RetryableException refusal = refusal();
      boolean fails = failsAfter != NEVER || refusal != null;
      int most = failsAfter != NEVER ? failsAfter : store.keptInOutage;
      List<Written<U>> some = new ArrayList<>();
      for (int i = 0; i < (fails ? Math.min(most, rows.size()) : rows.size()); i++) {
        some.add(new Written<>(epoch, rows.id(i), rows.row(i)));
      }
      if (guarantee == SinkGuarantee.IDEMPOTENT) {
        some.forEach(row -> store.visible.put(row.id(), row));
      } else if (!fails && epoch > store.committed) {
        store.preparedEpoch = epoch;
        store.prepared = some;
      }
      if (refusal != null) {
        throw refusal;
      }
      if (fails) {
        throw new SimulatedFailure("simulated failure after [%d] rows".formatted(some.size()));
      }
    }

    @Override
    public boolean holds(long epoch) throws SimulatedFailure {
      requireOwner();
      RetryableException refusal = refusal();
      if (refusal != null) {
        throw refusal;
      }
      return guarantee == SinkGuarantee.IDEMPOTENT
          || epoch <= store.committed
          || epoch == store.preparedEpoch;
    }

    @Override
    public void commit(long epoch) throws SimulatedFailure {
      requireOwner();
      // Even, so that half of the failed commits have taken effect nevertheless.
      boolean takesEffect = store.keptInOutage % 2 == 0;
      RetryableException refusal = refusal();
      if (refusal != null && !takesEffect) {
        throw refusal;
      }
      commitAtStore(epoch);
      if (refusal != null) {
        throw refusal;
      }
    }

    private void commitAtStore(long epoch) {
      if (!commitsAtOnce && epoch > committedEpoch.getAsLong()) {
        violated("epoch [%d] must be in the journal before it is visible".formatted(epoch));
      }
      if (epoch <= store.committed) {
        return;
      }
      if (guarantee == SinkGuarantee.TRANSACTIONAL) {
        if (epoch != store.preparedEpoch) {
          violated("epoch [%d] must be written before it is committed".formatted(epoch));
        }
        store.prepared.forEach(row -> store.visible.put(row.id(), row));
        store.preparedEpoch = 0;
        store.prepared = List.of();
      }
      store.committed = epoch;
    }

    @Override
    public void close() {}
  }
}
