package io.vellamo.samples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.testkit.simulation.SimulatedQuery;
import io.vellamo.testkit.simulation.SimulatedSink;
import io.vellamo.testkit.simulation.SimulatedWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The programs of docs/guide/simulation.md. */
final class SimulatedVisitsTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  /** A sink that adds the rows of an epoch whenever they are written. */
  static final class AppendedTable implements RowSink<Session> {
    final List<Session> rows = new ArrayList<>();

    @Override
    public String description() {
      return "AppendedTable";
    }

    @Override
    public SinkGuarantee guarantee() {
      return SinkGuarantee.IDEMPOTENT;
    }

    @Override
    public SinkWriter<Session> open(SinkContext context) {
      return new SinkWriter<>() {
        @Override
        public void write(EpochRows<? extends Session> epoch) {
          for (int i = 0; i < epoch.size(); i++) {
            rows.add(epoch.row(i));
          }
        }

        @Override
        public void close() {}
      };
    }
  }

  /** A sink that replaces the rows of an epoch that is written again. */
  static final class ReplacedTable implements RowSink<Session> {
    private final Map<Long, List<Session>> epochs = new TreeMap<>();

    List<Session> rows() {
      return epochs.values().stream().flatMap(List::stream).toList();
    }

    @Override
    public String description() {
      return "ReplacedTable";
    }

    @Override
    public SinkGuarantee guarantee() {
      return SinkGuarantee.IDEMPOTENT;
    }

    @Override
    public SinkWriter<Session> open(SinkContext context) {
      return new SinkWriter<>() {
        @Override
        public void write(EpochRows<? extends Session> epoch) {
          List<Session> rows = new ArrayList<>();
          for (int i = 0; i < epoch.size(); i++) {
            rows.add(epoch.row(i));
          }
          epochs.put(epoch.epoch(), rows);
        }

        @Override
        public void close() {}
      };
    }
  }

  private final List<Click> clicks = clicks();

  private static List<Click> clicks() {
    List<Click> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(new Click("user-" + i / 3 % 4, NOON.plus(Duration.ofMinutes(10L * i)), false));
    }
    return all;
  }

  private QueryBuilder sessions(SimulatedWorld world, RowSink<Session> sink) {
    return world
        .query("sessions")
        .from(world.source(clicks))
        .withWatermark(Click::time, Duration.ofMinutes(20))
        .groupByKey(Click::user)
        .flatMapGroupsWithState(
            OutputMode.APPEND, GroupStateTimeout.EVENT_TIME, Visit.class, new Sessionize())
        .to(sink)
        .maxEventsPerEpoch(5);
  }

  private static int counted(List<Session> sessions) {
    return sessions.stream().mapToInt(Session::clicks).sum();
  }

  @Test
  void sessions_anyFaults_noClickCountsTwice() {
    SimulatedQuery.of(
            world -> {
              SimulatedSink<Session> sink = world.sink(SinkGuarantee.IDEMPOTENT);
              world.afterwards(
                  () -> assertThat(counted(sink.rows())).isLessThanOrEqualTo(clicks.size()));
              return sessions(world, sink);
            })
        .seeds(1, 200)
        .verify();
  }

  @Test
  void table_appended_found() {
    assertThatThrownBy(
            () ->
                SimulatedQuery.of(
                        world -> {
                          AppendedTable table = new AppendedTable();
                          world.rowsAtSink(() -> table.rows);
                          return sessions(world, table);
                        })
                    .seeds(1, 200)
                    .verify())
        .hasMessageContaining("must be those of all epochs, each once");
  }

  @Test
  void table_replaced_holds() {
    SimulatedQuery.of(
            world -> {
              ReplacedTable table = new ReplacedTable();
              world.rowsAtSink(table::rows);
              return sessions(world, table);
            })
        .seeds(1, 200)
        .verify();
  }
}
