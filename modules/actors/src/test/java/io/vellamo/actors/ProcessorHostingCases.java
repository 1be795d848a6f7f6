package io.vellamo.actors;

import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.ProcessingTimer;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.process.Variables;
import io.vellamo.api.query.OutputMode;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Processors on a journal that is read back from bytes, with snapshots after almost every epoch;
 * the contract of both hostings.
 */
abstract class ProcessorHostingCases {
  private static final ValueVariable<Integer> SUM = Variables.value("sum", Integer.class);
  private static final ListVariable<Integer> LAST = Variables.list("last", Integer.class);
  private static final MapVariable<Integer, String> SEEN =
      Variables.map("seen", Integer.class, String.class);
  private static final ProcessingTimer CLOSE = ProcessingTimer.named("close");

  /** An event of a group. */
  record Reading(String key, int value) {}

  /** Keeps a sum, the last three numbers, and each number with its count; closes after silence. */
  record Numbers() implements GroupProcessor<String, Reading, String> {
    @Override
    public void declare(Declarations declarations) {
      declarations.use(SUM).use(LAST).use(SEEN).use(CLOSE);
    }

    @Override
    public void onEvents(String key, Iterator<Reading> events, GroupContext<String> group) {
      while (events.hasNext()) {
        int value = events.next().value();
        group.value(SUM).update(group.value(SUM).orElse(0) + value);
        group.list(LAST).append(value);
        group.list(LAST).keepLast(3);
        if (value % 5 == 0) {
          group.map(SEEN).remove(value / 5);
        } else {
          group.map(SEEN).put(value, group.map(SEEN).get(value).orElse("") + "x");
        }
      }
      group.timers(CLOSE).setAfter(Duration.ofSeconds(3));
      group.emit(shown(key, group));
    }

    @Override
    public void onTimer(String key, Timer timer, GroupContext<String> group) {
      group.emit("closed " + shown(key, group));
      group.value(SUM).remove();
      group.list(LAST).clear();
      group.map(SEEN).clear();
    }

    private static String shown(String key, GroupContext<String> group) {
      List<Integer> last = new ArrayList<>();
      group.list(LAST).forEach(last::add);
      Map<Integer, String> seen = new LinkedHashMap<>();
      group.map(SEEN).entries().forEach(entry -> seen.put(entry.getKey(), entry.getValue()));
      return key + " " + group.value(SUM).get() + " " + last + " " + seen;
    }
  }

  /** The expected contents of a group. */
  private static final class Model {
    private final List<Integer> last = new ArrayList<>();
    private final Map<Integer, String> seen = new LinkedHashMap<>();
    private int sum;
    private int closesAt;

    void add(int value, int second) {
      sum += value;
      last.add(value);
      if (last.size() > 3) {
        last.remove(0);
      }
      if (value % 5 == 0) {
        seen.remove(value / 5);
      } else {
        seen.merge(value, "x", String::concat);
      }
      closesAt = second + 3;
    }

    String shown(String key) {
      return key + " " + sum + " " + last + " " + seen;
    }
  }

  private final TestSystem system;
  private final MemorySource<Reading> numbers = MemorySource.create();
  private final MemorySink<String> rows = MemorySink.create();

  ProcessorHostingCases(String hosting) {
    system =
        TestSystem.start(
            "vellamo.passivation.max-active-groups = 1\nvellamo.query.hosting = "
                + hosting
                + "\nvellamo.journal.least-snapshot-size = 1"
                + "\nvellamo.journal.max-record-size = 100");
  }

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void variablesAndTimers_overRestarts_areThoseOfAModel() {
    Random random = new Random(11);
    Map<String, Model> models = new TreeMap<>();
    QuerySteps<Reading, String> query =
        QuerySteps.start(
            events -> numbers.addTo(0, events),
            rows::rows,
            clock ->
                system
                    .vellamo()
                    .query("numbers")
                    .from(numbers)
                    .groupByKey(Reading::key)
                    .process(OutputMode.UPDATE, new Numbers())
                    .to(rows)
                    .clock(clock));
    for (int second = 1; second <= 60; second++) {
      List<String> expected = new ArrayList<>(closed(models, second));
      query.advance(Duration.ofSeconds(1)).expectRows(expected.toArray(String[]::new));
      Reading[] added = new Reading[1 + random.nextInt(4)];
      Map<String, Model> touched = new TreeMap<>();
      for (int i = 0; i < added.length; i++) {
        added[i] = new Reading("k" + random.nextInt(5), random.nextInt(40));
        Model model = models.computeIfAbsent(added[i].key(), key -> new Model());
        model.add(added[i].value(), second);
        touched.put(added[i].key(), model);
      }
      query.add(added);
      query.expectRows(
          touched.entrySet().stream()
              .map(each -> each.getValue().shown(each.getKey()))
              .toArray(String[]::new));
      query.expectGroups(models.size());
      if (second % 4 == 0) {
        query.restart();
      }
    }
    query.close();
  }

  private static List<String> closed(Map<String, Model> models, int second) {
    List<String> closed = new ArrayList<>();
    models.forEach(
        (key, model) -> {
          if (model.closesAt == second) {
            closed.add("closed " + model.shown(key));
          }
        });
    models.values().removeIf(model -> model.closesAt == second);
    return closed;
  }
}
