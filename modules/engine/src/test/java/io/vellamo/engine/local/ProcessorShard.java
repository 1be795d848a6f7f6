package io.vellamo.engine.local;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.internal.DeclaredState;
import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.ProcessingTimer;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.process.Variable;
import io.vellamo.api.process.Variables;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.DeclaredTimer;
import io.vellamo.engine.group.DeclaredVariable;
import io.vellamo.engine.group.DeclaredVariables;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.ProcessorOperator;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.shard.CallResult;
import io.vellamo.engine.protocol.shard.ShardSpec;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import io.vellamo.engine.variable.SlotType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A shard of a processor whose events are what it does for them. */
final class ProcessorShard implements DirectShard.Calls {
  /** The action of a processor in a call. */
  @FunctionalInterface
  interface Act {
    void on(GroupContext<String> group) throws Exception;
  }

  /** The action of a processor for a timer. */
  @FunctionalInterface
  interface OnTimer {
    void on(Timer timer, GroupContext<String> group) throws Exception;
  }

  static final ValueVariable<Integer> VALUE = Variables.value("value", Integer.class);
  static final ValueVariable<Integer> BRIEF =
      Variables.value("brief", Integer.class).expiresAfterWrite(Duration.ofMillis(10));
  static final ListVariable<Integer> LIST = Variables.list("list", Integer.class);
  static final ListVariable<Integer> RECENT =
      Variables.list("recent", Integer.class).expiresAfterWriteInEventTime(Duration.ofMillis(10));
  static final MapVariable<String, Integer> MAP = Variables.map("map", String.class, Integer.class);
  static final MapVariable<String, Integer> SEEN =
      Variables.map("seen", String.class, Integer.class).expiresAfterWrite(Duration.ofMillis(10));
  static final EventTimer DUE = EventTimer.named("due");
  static final ProcessingTimer IDLE = ProcessingTimer.named("idle");

  private static final List<Variable> ALL = List.of(VALUE, BRIEF, LIST, RECENT, MAP, SEEN);

  private final DirectShard shard;
  private OnTimer onTimer = (timer, group) -> group.emit(describe(timer));
  private long epoch;
  private Watermark late = Watermark.NONE;
  private DirectShard.@Nullable Ran ran;

  private ProcessorShard(ErrorPolicy policy, Duration behind) throws InterruptedException {
    this.shard = DirectShard.open(spec(policy, behind), new SnapshotPart(List.of(), true), this);
  }

  static ProcessorShard open() throws InterruptedException {
    return open(ErrorPolicy.fail());
  }

  static ProcessorShard open(ErrorPolicy policy) throws InterruptedException {
    return new ProcessorShard(policy, Duration.ZERO);
  }

  static ProcessorShard behind(Duration behind) throws InterruptedException {
    return new ProcessorShard(ErrorPolicy.fail(), behind);
  }

  ProcessorShard onTimer(OnTimer newAction) {
    onTimer = newAction;
    return this;
  }

  static String describe(Timer timer) {
    return timer.name().name() + timer.tag().map(tag -> " " + tag).orElse("");
  }

  private ShardSpec spec(ErrorPolicy policy, Duration behind) {
    return new ShardSpec(
        "query",
        0,
        1,
        operator(behind),
        "process",
        new ActsAsTheyAre(),
        key -> "key",
        policy,
        DirectShard.NO_JOURNAL,
        Failures.of(true),
        () -> 100);
  }

  private GroupOperator<?, ?, ?, ?> operator(Duration behind) {
    Processor processor = new Processor();
    List<DeclaredVariable> variables = new ArrayList<>();
    for (Variable variable : DeclaredState.of(processor).variables()) {
      variables.add(
          new DeclaredVariable(
              variable,
              SlotType.of(variable),
              TestCodecs.NUMBERS,
              variable instanceof MapVariable<?, ?> ? TestCodecs.KEYS : null,
              variables.size()));
    }
    List<DeclaredTimer> timers = List.of(new DeclaredTimer(DUE, 6), new DeclaredTimer(IDLE, 7));
    return new GroupOperator<>(
        GroupStateTimeout.NONE,
        true,
        new ProcessorOperator<String, Act, Integer, String>(
            processor,
            (key, row, group) -> group.value(VALUE).update(group.value(VALUE).orElse(0) + row),
            true),
        false,
        new DeclaredVariables(variables, timers, behind),
        0,
        TestCodecs.KEYS,
        TestCodecs.NUMBERS,
        TestCodecs.ROWS);
  }

  /** Events that are never written or copied. */
  private static final class ActsAsTheyAre implements ValueCodec {
    @Override
    public StoredValue write(Object value) {
      return new StoredValue("act", new byte[0]);
    }

    @Override
    public Object read(StoredValue value) {
      return "act";
    }

    @Override
    public boolean isFixed(Object value) {
      return true;
    }

    @Override
    public boolean isCopied(Object value) {
      return false;
    }
  }

  private final class Processor implements GroupProcessor<String, Act, String> {
    @Override
    public void declare(Declarations declarations) {
      ALL.forEach(declarations::use);
      declarations.use(DUE).use(IDLE);
    }

    @Override
    public void onEvents(String key, Iterator<Act> events, GroupContext<String> group)
        throws Exception {
      while (events.hasNext()) {
        events.next().on(group);
      }
    }

    @Override
    public void onTimer(String key, Timer timer, GroupContext<String> group) throws Exception {
      onTimer.on(timer, group);
    }
  }

  /** Runs an epoch at a time of both clocks, with events of the group "k" at that time. */
  List<Object> at(long millis, Act... events) throws Exception {
    return at(Watermark.of(millis), millis, events);
  }

  List<Object> at(Watermark watermark, long millis, Act... events) throws Exception {
    ShardEvents input = new ShardEvents(true);
    for (int offset = 0; offset < events.length; offset++) {
      Instant time = Instant.ofEpochMilli(millis);
      input.add(TestCodecs.key("k"), "k", events[offset], 0, offset, time);
    }
    return run(watermark, millis, new EpochInput(input, InitialGroups.NONE));
  }

  /** Runs an epoch with initial rows of the group "k". */
  List<Object> initial(int... rows) throws Exception {
    List<byte[]> written = new ArrayList<>();
    for (int row : rows) {
      written.add(TestCodecs.NUMBERS.write(row));
    }
    InitialGroups groups = new InitialGroups(Map.of(), Map.of(TestCodecs.key("k"), written), false);
    return run(Watermark.NONE, 0, new EpochInput(new ShardEvents(true), groups));
  }

  private List<Object> run(Watermark watermark, long millis, EpochInput input) throws Exception {
    EpochTimes times = new EpochTimes(++epoch, millis, watermark, late);
    late = watermark;
    ran = shard.run(times, List.of(new OffsetRange(new SourcePartition("p"), 0, 1000)), input);
    return ran.output().rows();
  }

  DirectShard.Ran ran() {
    return Objects.requireNonNull(ran, "ran");
  }

  ShardLedger ledger() {
    return shard.ledger();
  }

  @Override
  public CallResult call(EpochCall call, Supplier<CallResult> function) {
    return function.get();
  }

  @Override
  public void pause(Duration delay) {}
}
