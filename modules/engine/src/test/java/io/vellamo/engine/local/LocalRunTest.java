package io.vellamo.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.GroupCode;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.internal.Upstream;
import io.vellamo.api.query.BatchReport;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.QueryClock;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.api.source.AcknowledgingSource;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.Inbox;
import io.vellamo.api.source.Receipt;
import io.vellamo.engine.epoch.EpochInterval;
import io.vellamo.engine.epoch.EpochSize;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.FunctionOperator;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.io.ListSource;
import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.protocol.query.HotKeyOptions;
import io.vellamo.engine.protocol.query.QuerySetup;
import io.vellamo.engine.protocol.query.ShardRestarts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A plain query from source to sink, on a journal in memory. */
class LocalRunTest {
  private static final FlatMapGroupsWithStateFunction<Object, Object, Integer, String> COUNT =
      (key, events, state) -> {
        int count = state.optional().orElse(0);
        while (events.hasNext()) {
          events.next();
          count++;
        }
        state.update(count);
        return List.of(key + " " + count).iterator();
      };

  private final MemoryJournal journal = new MemoryJournal();
  private final List<Object> rows = new ArrayList<>();

  @Test
  void query_endsByItself_allEventsProcessed() {
    LocalRun run = run("a", "b", "a", "c", "a");

    assertThat(run.isEnded()).isTrue();
    assertThat(run.failure()).isNull();
    assertThat(rows).containsExactlyInAnyOrder("a 1", "b 1", "a 2", "c 1", "a 3");
  }

  @Test
  void query_again_continuesFromItsJournal() {
    run("a", "b");
    LocalRun second = run("a", "b", "b");

    assertThat(second.machine().journal().knownLedger().incarnation()).isEqualTo(2);
    assertThat(rows).containsExactlyInAnyOrder("a 1", "b 1", "b 2");
  }

  @Test
  void batch_callsEachGroupOnce() throws Exception {
    BatchReport report =
        BatchRun.run(
            prepared(ListSource.of("events", "a", "b", "a"), Trigger.availableNow()),
            new StandingClock(),
            Failures.of(true),
            warning -> {},
            pause -> {});

    assertThat(rows).containsExactlyInAnyOrder("a 2", "b 1");
    assertThat(report.events().processed()).isEqualTo(3);
  }

  @Test
  void messagesOfAnInbox_areStored_andCountedOnceInAllRuns() {
    OpenedInbox source = new OpenedInbox();
    InOrder effects = new InOrder(new StandingClock());
    LocalRun first = run(prepared(source, Trigger.asap()), effects);
    source.put("1", "a");
    source.put("2", "a");
    source.put("1", "a");
    runAll(effects);

    assertThat(source.receipts())
        .containsExactly(Receipt.STORED, Receipt.STORED, Receipt.DUPLICATE);
    assertThat(rows).containsExactly("a 2");

    source.put("3", "a");
    first.end();
    assertThat(source.outcomes.get(3)).isCompletedExceptionally();

    source.outcomes.clear();
    InOrder later = new InOrder(new StandingClock());
    run(prepared(source, Trigger.asap()), later);
    source.put("2", "a");
    source.put("3", "a");
    runAll(later);

    assertThat(source.receipts()).containsExactly(Receipt.DUPLICATE, Receipt.STORED);
    assertThat(rows).containsExactly("a 2", "a 3");
  }

  /** A source whose messages a test puts into the inbox that is open. */
  private static final class OpenedInbox implements AcknowledgingSource<Object> {
    private final List<CompletableFuture<Receipt>> outcomes = new ArrayList<>();
    // Set when the source is opened.
    private @Nullable Inbox<Object> inbox;

    @Override
    public String description() {
      return "messages";
    }

    @Override
    public Delivery deliver(Inbox<Object> opened) {
      inbox = opened;
      return () -> {};
    }

    void put(String id, Object event) {
      Inbox<Object> open = Objects.requireNonNull(inbox, "inbox");
      outcomes.add(open.put(id, event).toCompletableFuture());
    }

    List<Receipt> receipts() {
      return outcomes.stream().map(CompletableFuture::join).toList();
    }
  }

  private LocalRun run(String... events) {
    return run(
        prepared(ListSource.of("events", events), Trigger.availableNow()),
        new InOrder(new StandingClock()));
  }

  private LocalRun run(PreparedQuery prepared, InOrder effects) {
    LocalQuery query =
        new LocalQuery(
            prepared, new StandingClock(), 2, new JournalLimits(1_000, 1_000, 10_000, false), 10);
    QuerySetup setup =
        QuerySetup.of(
            query.prepared(),
            new UUID(0, 1),
            new UUID(0, 2),
            2,
            1,
            EpochSize.fixed(2, 1),
            EpochInterval.none(),
            ShardRestarts.NONE,
            HotKeyOptions.NONE);
    LocalRun run = new LocalRun(query, setup, "run", journal, effects, EffectFilter.NONE);
    run.start();
    runAll(effects);
    return run;
  }

  private static void runAll(InOrder effects) {
    while (effects.runNext()) {
      // Until nothing is left to do.
    }
  }

  private PreparedQuery prepared(EventSource<?> source, Trigger trigger) {
    Stage.Group group =
        new Stage.Group(
            event -> event,
            Optional.empty(),
            new StatefulOperator(
                "count", OutputMode.APPEND, GroupStateTimeout.NONE, StateType.of(Integer.class)),
            new GroupCode.Function(COUNT));
    Upstream upstream = new Upstream.Step(new Upstream.Input(source), group);
    QueryPlan plan = QueryPlan.of("counts", upstream, new ListOfRows());
    QueryPlan ending =
        new QueryPlan(
            plan.name(),
            plan.upstream(),
            plan.sink(),
            plan.errorPolicy(),
            plan.deadLetters(),
            plan.lateEvents(),
            trigger,
            plan.watermarkPolicy(),
            plan.maxEventsPerEpoch(),
            plan.clock(),
            plan.retry());
    GroupOperator<Object, Object, Integer, String> operator =
        new GroupOperator<>(
            GroupStateTimeout.NONE,
            false,
            new FunctionOperator<>(COUNT),
            TestCodecs.KEYS,
            TestCodecs.NUMBERS,
            TestCodecs.ROWS);
    return PreparedQuery.of(ending, CompiledQuery.of(ending), List.of(operator), TestCodecs.ROWS);
  }

  private final class ListOfRows implements RowSink<Object> {
    @Override
    public String description() {
      return "rows";
    }

    @Override
    public SinkGuarantee guarantee() {
      return SinkGuarantee.AT_LEAST_ONCE;
    }

    @Override
    public SinkWriter<Object> open(SinkContext context) {
      return new SinkWriter<>() {
        @Override
        public void write(EpochRows<? extends Object> epoch) {
          for (int i = 0; i < epoch.size(); i++) {
            rows.add(epoch.row(i));
          }
        }

        @Override
        public void close() {}
      };
    }
  }

  private static final class StandingClock implements QueryClock {
    @Override
    public Instant instant() {
      return Instant.EPOCH;
    }

    @Override
    public WakeUp wakeAt(Instant moment, Runnable task) {
      return () -> {};
    }
  }
}
