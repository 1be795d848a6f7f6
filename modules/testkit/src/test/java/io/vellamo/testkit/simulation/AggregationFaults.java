package io.vellamo.testkit.simulation;

import io.vellamo.api.aggregate.Aggregator;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.process.Timer;
import io.vellamo.api.query.OutputMode;
import io.vellamo.engine.aggregate.Aggregations;
import io.vellamo.engine.aggregate.LateRule;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.KeyedEvents;
import io.vellamo.engine.group.KeyedOperator;
import io.vellamo.engine.group.KeyedState;
import io.vellamo.engine.group.Rows;
import io.vellamo.engine.local.EffectFilter;
import io.vellamo.engine.local.LocalShard;
import io.vellamo.engine.pipeline.CompiledOperator;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.protocol.shard.ShardEffects;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Faults planted into aggregations. */
final class AggregationFaults {
  private AggregationFaults() {}

  /** A fault of the operators of aggregations. */
  private abstract static class OperatorFault implements PlantedFault {
    @Override
    public PreparedQuery prepared(PreparedQuery query) {
      List<Stage.Group> stages = new ArrayList<>();
      for (Stage stage : query.plan().upstream().stages()) {
        if (stage instanceof Stage.Group group && group.calls() instanceof AggregationCode) {
          stages.add(group);
        }
      }
      List<GroupOperator<?, ?, ?, ?>> operators = new ArrayList<>();
      for (int place = 0; place < query.operators().size(); place++) {
        String name = query.operatorNames().get(place);
        GroupOperator<?, ?, ?, ?> operator = query.operators().get(place);
        for (Stage.Group stage : stages) {
          if (stage.operator().name().equals(name)) {
            operator = withCalls(operator, calls(stage, operator.calls()));
          }
        }
        operators.add(operator);
      }
      return new PreparedQuery(
          query.plan(), query.compiled(), operators, query.eventCodec(), query.names());
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the calls of the same stage
    private static GroupOperator<?, ?, ?, ?> withCalls(
        GroupOperator of, KeyedOperator<?, ?, ?, ?> calls) {
      return new GroupOperator<>(
          of.timeout(),
          of.hasWatermark(),
          (KeyedOperator<Object, Object, Object, Object>) calls,
          of.needsAllEvents(),
          of.variables(),
          of.heldBackMillis(),
          of.keyCodec(),
          of.stateCodec(),
          of.rowCodec());
    }

    KeyedOperator<?, ?, ?, ?> calls(Stage.Group stage, KeyedOperator<?, ?, ?, ?> calls) {
      AggregationCode code = (AggregationCode) stage.calls();
      OutputMode mode = stage.operator().mode();
      return Aggregations.operator(
          new AggregationCode(
              code.windows(),
              code.aggregators().stream()
                  .<Aggregator<Object, Object, ?>>map(this::changed)
                  .toList(),
              code.names(),
              code.rows(),
              code.openSpans()),
          mode);
    }

    Aggregator<Object, Object, ?> changed(Aggregator<Object, Object, ?> aggregator) {
      return aggregator;
    }
  }

  /** A merge forgets the events of its right side. */
  static final class MergeLosesRight extends OperatorFault {
    @Override
    Aggregator<Object, Object, ?> changed(Aggregator<Object, Object, ?> aggregator) {
      return new DelegatingAggregator(aggregator) {
        @Override
        public Object merge(Object left, Object right) {
          return left;
        }
      };
    }
  }

  /** All groups and slices share the buffer with which they begin. */
  static final class ZeroShared extends OperatorFault {
    @Override
    Aggregator<Object, Object, ?> changed(Aggregator<Object, Object, ?> aggregator) {
      Object shared = aggregator.zero();
      return new DelegatingAggregator(aggregator) {
        @Override
        public Object zero() {
          return shared;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // the same instance
        public Object merge(Object left, Object right) {
          // Only reduce changes what is shared: merged with itself, it would double each time.
          return super.merge(left == shared ? aggregator.zero() : left, right);
        }
      };
    }
  }

  /** The rows of closed windows are emitted twice. */
  static final class ClosedTwice extends OperatorFault {
    @Override
    @SuppressWarnings("unchecked") // the operator's own types
    KeyedOperator<?, ?, ?, ?> calls(Stage.Group stage, KeyedOperator<?, ?, ?, ?> calls) {
      return new DelegatingOperator((KeyedOperator<Object, Object, Object, Object>) calls) {
        @Override
        public void onTimer(Object key, Timer timer, KeyedState<Object> group, Rows<Object> rows)
            throws Exception {
          super.onTimer(key, timer, group, twice(rows));
        }
      };
    }

    private static Rows<Object> twice(Rows<Object> rows) {
      return new Rows<>() {
        @Override
        public void emit(Object row) {
          rows.emit(row);
          rows.emit(row);
        }

        @Override
        public void emit(Object row, @Nullable Instant eventTime) {
          rows.emit(row, eventTime);
          rows.emit(row, eventTime);
        }

        @Override
        public void put(long place, Object row) {
          rows.put(place, row);
        }

        @Override
        public void remove(long place) {
          rows.remove(place);
        }
      };
    }
  }

  /** The slices of closed windows stay. */
  static final class NotEvicted extends OperatorFault {
    @Override
    @SuppressWarnings("unchecked") // the operator's own types
    KeyedOperator<?, ?, ?, ?> calls(Stage.Group stage, KeyedOperator<?, ?, ?, ?> calls) {
      return new DelegatingOperator((KeyedOperator<Object, Object, Object, Object>) calls) {
        @Override
        public void onTimer(Object key, Timer timer, KeyedState<Object> group, Rows<Object> rows)
            throws Exception {
          if (stage.operator().mode() == OutputMode.APPEND) {
            super.onTimer(key, timer, group, rows);
          }
        }
      };
    }
  }

  /** An event is late as soon as the watermark has passed it, although its window is open. */
  static final class LateBeforeEnd implements PlantedFault {
    @Override
    public PreparedQuery prepared(PreparedQuery query) {
      List<CompiledOperator> operators =
          query.compiled().operators().stream().map(LateBeforeEnd::changed).toList();
      CompiledQuery compiled =
          new CompiledQuery(query.compiled().inputs(), operators, query.compiled().hasLateOutput());
      return new PreparedQuery(
          query.plan(), compiled, query.operators(), query.eventCodec(), query.names());
    }

    private static CompiledOperator changed(CompiledOperator operator) {
      return new CompiledOperator(
          operator.operator(),
          operator.key(),
          operator.keyType(),
          operator.calls(),
          LateRule.BEFORE_WATERMARK,
          operator.preAggregation(),
          operator.buffers(),
          operator.hasWatermark(),
          operator.keepsEventTime(),
          operator.dropsLate(),
          operator.heldBack(),
          operator.rows());
    }
  }

  /** A fault of the calls of groups. */
  private abstract static class CallFault implements PlantedFault {
    @Override
    public EffectFilter filter(Simulation simulation) {
      return new EffectFilter() {
        @Override
        public ShardEffects ofShard(LocalShard shard, ShardEffects actual) {
          int place = shard.index() / simulation.scenario().query().shards();
          String kind =
              simulation
                  .scenario()
                  .query()
                  .prepared()
                  .compiled()
                  .operators()
                  .get(place)
                  .operator()
                  .kind();
          return !kind.equals("aggregate")
              ? actual
              : new DelegatingShardEffects(actual) {
                @Override
                public void call(List<EpochCall> calls, EpochTimes times) {
                  super.call(calls.stream().map(each -> changed(each)).toList(), changed(times));
                }
              };
        }
      };
    }

    EpochCall changed(EpochCall call) {
      return call;
    }

    EpochTimes changed(EpochTimes times) {
      return times;
    }
  }

  /** Windows are closed one millisecond early if their group is called. */
  static final class ClosedEarly extends CallFault {
    @Override
    EpochTimes changed(EpochTimes times) {
      Watermark watermark = times.watermark();
      boolean moves = watermark.isKnown() && !watermark.equals(Watermark.END);
      return new EpochTimes(
          times.epoch(),
          times.processingTimeMillis(),
          moves ? Watermark.of(watermark.millis() + 1) : watermark,
          times.lateWatermark());
    }
  }

  /** The windows that ended while their group was parked are taken for closed. */
  static final class ClosedWhileParked extends CallFault {
    @Override
    EpochCall changed(EpochCall call) {
      return new EpochCall(
          call.key(),
          call.entry(),
          call.batch(),
          call.isEventByEvent(),
          call.waiting(),
          null,
          call.initialRows(),
          call.isForResult());
    }
  }

  /** An aggregator that does what another one does. */
  private static class DelegatingAggregator implements Aggregator<Object, Object, Object> {
    private final Aggregator<Object, Object, ?> actual;

    DelegatingAggregator(Aggregator<Object, Object, ?> actual) {
      this.actual = actual;
    }

    @Override
    public Object zero() {
      return actual.zero();
    }

    @Override
    public Object reduce(Object buffer, Object event) {
      return actual.reduce(buffer, event);
    }

    @Override
    public Object merge(Object left, Object right) {
      return actual.merge(left, right);
    }

    @Override
    public Object finish(Object buffer) {
      return actual.finish(buffer);
    }

    @Override
    public StateType<Object> bufferType() {
      return actual.bufferType();
    }
  }

  /** An operator that does what another one does. */
  private static class DelegatingOperator implements KeyedOperator<Object, Object, Object, Object> {
    private final KeyedOperator<Object, Object, Object, Object> actual;

    DelegatingOperator(KeyedOperator<Object, Object, Object, Object> actual) {
      this.actual = actual;
    }

    @Override
    public void onEvents(
        Object key, KeyedEvents<Object> events, KeyedState<Object> group, Rows<Object> rows)
        throws Exception {
      actual.onEvents(key, events, group, rows);
    }

    @Override
    public boolean isCompletedAfterEvents() {
      return actual.isCompletedAfterEvents();
    }

    @Override
    public void afterEvents(Object key, KeyedState<Object> group, Rows<Object> rows)
        throws Exception {
      actual.afterEvents(key, group, rows);
    }

    @Override
    public void onTimeout(Object key, KeyedState<Object> group, Rows<Object> rows)
        throws Exception {
      actual.onTimeout(key, group, rows);
    }

    @Override
    public void onTimer(Object key, Timer timer, KeyedState<Object> group, Rows<Object> rows)
        throws Exception {
      actual.onTimer(key, timer, group, rows);
    }
  }
}
