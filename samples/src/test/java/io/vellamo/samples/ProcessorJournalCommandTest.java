package io.vellamo.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.Variables;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.cli.VellamoCommand;
import io.vellamo.cli.terminal.Terminal;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.replay.Replacement;
import io.vellamo.replay.ReplacementProvider;
import io.vellamo.testkit.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The command line on the journal of a processor: that of the guide, with little data. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProcessorJournalCommandTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private Path directory = Path.of("");

  enum Kind {
    PLACED,
    PAID
  }

  record OrderEvent(
      String customer, String order, Kind kind, String shop, long cents, Instant time) {}

  record Order(String shop, long cents, Instant placed) {}

  record Reminder(String customer, String order, String shop, long cents, int recent) {}

  /** The processor of the guide, with an option. */
  record RemindOfUnpaid(Duration patience) implements GroupProcessor<String, OrderEvent, Reminder> {
    private static final MapVariable<String, Order> OPEN =
        Variables.map("open", String.class, Order.class);
    private static final MapVariable<String, Instant> PAID =
        Variables.map("paid", String.class, Instant.class)
            .expiresAfterWriteInEventTime(Duration.ofDays(1));
    private static final ListVariable<String> RECENT =
        Variables.list("recent", String.class).expiresAfterWriteInEventTime(Duration.ofDays(30));
    private static final EventTimer DUE = EventTimer.named("due");

    @Override
    public void declare(Declarations declarations) {
      declarations.use(OPEN).use(PAID).use(RECENT).use(DUE);
    }

    @Override
    public void onEvents(
        String customer, Iterator<OrderEvent> events, GroupContext<Reminder> group) {
      while (events.hasNext()) {
        OrderEvent event = events.next();
        if (event.kind() == Kind.PAID) {
          group.map(PAID).put(event.order(), event.time());
          group.map(OPEN).remove(event.order());
          group.timers(DUE).cancel(event.order());
        } else if (!group.map(PAID).containsKey(event.order())) {
          group.map(OPEN).put(event.order(), new Order(event.shop(), event.cents(), event.time()));
          group.timers(DUE).set(event.order(), event.time().plus(patience));
        }
      }
    }

    @Override
    public void onTimer(String customer, Timer timer, GroupContext<Reminder> group) {
      String id = timer.tag().orElseThrow();
      Order order = group.map(OPEN).get(id).orElseThrow();
      group.map(OPEN).remove(id);
      group.list(RECENT).append(id);
      int recent = group.list(RECENT).size();
      group.emit(new Reminder(customer, id, order.shop(), order.cents(), recent), timer.time());
    }
  }

  /** The processor with another patience: {@code --option patience=PT10M}. */
  public static final class WithPatience implements ReplacementProvider {
    /** Creates the provider; the command line does so. */
    public WithPatience() {}

    @Override
    public Replacement<?, ?, ?, ?> replacement(Map<String, String> options) {
      return Replacement.process(
          new RemindOfUnpaid(Duration.parse(options.getOrDefault("patience", "PT15M"))));
    }
  }

  @BeforeAll
  void runQuery(@TempDir Path temporary) throws Exception {
    directory = temporary;
    ActorSystem<Void> system =
        ActorSystem.create(
            Behaviors.empty(),
            "reminders",
            ConfigFactory.parseMap(
                    Map.of(
                        "vellamo.embedded-journal.dir",
                        directory.resolve("journal").toString(),
                        "vellamo.journal.record-inputs",
                        "on",
                        "vellamo.journal.history",
                        "all"))
                .withFallback(ConfigFactory.load()));
    try {
      run(system);
    } finally {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    }
  }

  private static void run(ActorSystem<Void> system) throws Exception {
    MemorySource<OrderEvent> orders = MemorySource.create();
    ManualClock clock = ManualClock.at(NOON);
    StreamingQuery query =
        Vellamo.get(system)
            .query("reminders")
            .from(orders)
            .withWatermark(OrderEvent::time, Duration.ofMinutes(5))
            .groupByKey(OrderEvent::customer)
            .process(OutputMode.APPEND, new RemindOfUnpaid(Duration.ofMinutes(15)))
            .to(MemorySink.create())
            .clock(clock)
            .start();
    epoch(query, clock, orders, placed("o-16", 0), placed("o-17", 6));
    epoch(query, clock, orders, paid("o-16", 3), placed("o-18", 25));
    epoch(query, clock, orders, placed("o-19", 29));
    epoch(query, clock, orders, placed("o-20", 45));
    query.stop();
  }

  private static void epoch(
      StreamingQuery query,
      ManualClock clock,
      MemorySource<OrderEvent> orders,
      OrderEvent... events)
      throws InterruptedException {
    clock.advance(Duration.ofMinutes(10));
    orders.add(events);
    query.processAllAvailable();
  }

  private static OrderEvent placed(String order, int minute) {
    return new OrderEvent("anna", order, Kind.PLACED, "books", 1999, at(minute));
  }

  private static OrderEvent paid(String order, int minute) {
    return new OrderEvent("anna", order, Kind.PAID, "books", 1999, at(minute));
  }

  private static Instant at(int minute) {
    return NOON.plus(Duration.ofMinutes(minute));
  }

  @Test
  void list_namesVariablesAndTimers() {
    assertThat(journal("list", "reminders"))
        .contains("process with variables and timers")
        .contains(
            "  map      open\n  map      paid in EVENT_TIME\n  list     recent in EVENT_TIME\n")
        .contains("  timers   due in EVENT_TIME\n");
  }

  @Test
  void show_printsEachEntry() {
    assertThat(journal("show", "reminders", "anna"))
        .startsWith(
            """
            reminders: a group of shard 12 after epoch 8
              operator process
              key      anna
              map      open  2 entries
                       "o-19"  {"shop":"books","cents":1999,"placed":1767270540.000000000}
                       "o-20"  {"shop":"books","cents":1999,"placed":1767271500.000000000}
              map      paid  1 entry
                       "o-16"  1767268980.000000000  expires 2026-01-02T12:03:00Z
              list     recent  2 entries
                       "o-17"  expires 2026-01-31T12:24:00Z
                       "o-18"  expires 2026-01-31T12:40:00Z
              timers   due  2 timers
                       "o-19"  at 2026-01-01T12:44:00Z
                       "o-20"  at 2026-01-01T13:00:00Z
            """)
        .endsWith("  changed  in epoch 8\n");
  }

  @Test
  void show_withFewEntries_countsTheOthers() {
    assertThat(journal("show", "reminders", "anna", "--entries", "1"))
        .contains("  map      open  2 entries", "and 1 more");
  }

  @Test
  void show_ofAShard_sumsUpVariables() {
    assertThat(journal("list", "reminders", "--prefix"))
        .contains("open 2 entries, paid 1 entry, recent 2 entries, due 2 timers");
  }

  @Test
  void history_tellsTheChangesOfEachEpoch() {
    assertThat(journal("history", "reminders", "anna"))
        .contains(
            """
            epoch 3  VARIABLES  planned 2026-01-01T12:20:00Z  watermark 2026-01-01T12:01:00Z
            """)
        .contains(
            """
              change   REMOVED open "o-16"
              change   PUT open "o-18" {"shop":"books","cents":1999,"placed":1767270300.000000000}
              change   PUT paid "o-16" 1767268980.000000000, expires 2026-01-02T12:03:00Z
              change   CANCELLED due "o-16" at 2026-01-01T12:15:00Z
              change   SET due "o-18" at 2026-01-01T12:40:00Z
            """)
        .contains(
            """
              change   FIRED due "o-17" at 2026-01-01T12:21:00Z
              row      {"customer":"anna","order":"o-17","shop":"books","cents":1999,"recent":1}
            """);
  }

  @Test
  void why_ofATimersRow_isThatOfTheGuide() {
    assertThat(journal("why", "reminders", "6/12/0", "--earlier", "1"))
        .isEqualTo(
            """
            reminders: row 0 of 1 from shard 12 in epoch 6
              row      {"customer":"anna","order":"o-17","shop":"books","cents":1999,"recent":1}
              time     2026-01-01T12:21:00Z
              operator process
              key      anna
            why
              The group had no events in epoch 6.
              The watermark moved from 2026-01-01T12:20:00Z to 2026-01-01T12:24:00Z, past 2026-01-01T12:21:00Z, the time of timer [due] with tag [o-17].
            before
              map      open  3 entries
                       "o-17"  {"shop":"books","cents":1999,"placed":1767269160.000000000}
                       "o-18"  {"shop":"books","cents":1999,"placed":1767270300.000000000}
                       "o-19"  {"shop":"books","cents":1999,"placed":1767270540.000000000}
              map      paid  1 entry
                       "o-16"  1767268980.000000000  expires 2026-01-02T12:03:00Z
              timers   due  3 timers
                       "o-17"  at 2026-01-01T12:21:00Z
                       "o-18"  at 2026-01-01T12:40:00Z
                       "o-19"  at 2026-01-01T12:44:00Z
            epoch 6  VARIABLES  planned 2026-01-01T12:30:00Z  watermark 2026-01-01T12:24:00Z
              change   REMOVED open "o-17"
              change   PUT recent "o-17", expires 2026-01-31T12:24:00Z
              change   FIRED due "o-17" at 2026-01-01T12:21:00Z
              row      {"customer":"anna","order":"o-17","shop":"books","cents":1999,"recent":1}
              row id   reminders/6/12/0
              events   0 of all groups: 0 processed, 0 late, 0 dead-lettered
            after
              map      open  2 entries
                       "o-18"  {"shop":"books","cents":1999,"placed":1767270300.000000000}
                       "o-19"  {"shop":"books","cents":1999,"placed":1767270540.000000000}
              map      paid  1 entry
                       "o-16"  1767268980.000000000  expires 2026-01-02T12:03:00Z
              list     recent  1 entry
                       "o-17"  expires 2026-01-31T12:24:00Z
              timers   due  2 timers
                       "o-18"  at 2026-01-01T12:40:00Z
                       "o-19"  at 2026-01-01T12:44:00Z
            3 earlier epochs of the group, the newest first, 1 of them:
            epoch 5  VARIABLES  planned 2026-01-01T12:30:00Z  watermark 2026-01-01T12:20:00Z
              input    {"customer":"anna","order":"o-19","kind":"PLACED","shop":"books","cents":1999,"time":1767270540.000000000}
              change   PUT open "o-19" {"shop":"books","cents":1999,"placed":1767270540.000000000}
              change   SET due "o-19" at 2026-01-01T12:44:00Z
            """);
  }

  @Test
  void verify_findsNothing() {
    assertThat(journal("verify", "reminders")).startsWith("reminders: recovery is right");
  }

  @Test
  void replay_withTheSamePatience_makesTheSame() {
    assertThat(replay("PT15M")).startsWith("reminders: the changed function makes the same");
  }

  @Test
  void replay_withAnotherPatience_tellsWhichEntriesDiffer() {
    assertThat(replay("PT10M"))
        .contains("1 of 1 groups emit other rows", "rows    2 recorded, 3 replayed")
        .contains("epoch 8  anna\n  recorded  none\n  replayed  {\"customer\":\"anna\"");
    assertThat(replay("PT10M", "--states"))
        .contains(
            """
            epoch 1  anna
              recorded  0 rows
                        timers   due  2 timers
                                 "o-16"  at 2026-01-01T12:15:00Z
                                 "o-17"  at 2026-01-01T12:21:00Z
              replayed  0 rows
                        timers   due  2 timers
                                 "o-16"  at 2026-01-01T12:10:00Z
                                 "o-17"  at 2026-01-01T12:16:00Z
            """);
  }

  private String replay(String patience, String... more) {
    String[] arguments = new String[5 + more.length];
    arguments[0] = "reminders";
    arguments[1] = "--operator";
    arguments[2] = WithPatience.class.getName();
    arguments[3] = "--option";
    arguments[4] = "patience=" + patience;
    System.arraycopy(more, 0, arguments, 5, more.length);
    return journal("replay", arguments);
  }

  private String journal(String command, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Terminal terminal =
        Terminal.of(new PrintStream(out, true, UTF_8), new PrintStream(out, true, UTF_8));
    String[] all = new String[arguments.length + 4];
    all[0] = "journal";
    all[1] = command;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    all[all.length - 2] = "--data";
    all[all.length - 1] = directory.toString();
    VellamoCommand.run(terminal, all);
    return out.toString(UTF_8);
  }
}
