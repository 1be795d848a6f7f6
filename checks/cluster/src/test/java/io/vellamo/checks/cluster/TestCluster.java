package io.vellamo.checks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.servers.jvm.JvmProgram;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * The nodes of a test, their database, and the input, which grows at a steady rate.
 *
 * <p><b>Threading</b> Used by one thread.
 */
final class TestCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int EVENTS_PER_TICK = 10;
  private static final int TICK_MILLIS = 50;

  /** As many events as are released while all shards of a node begin to write an epoch. */
  private static final int LONGER_THAN_WRITES = 100;

  private static final int COUNT_MILLIS = 500;

  /** So that nodes that are slow, or down for long, catch up within the test's patience. */
  private static final int MOST_EVENTS_WITHOUT_ROWS = 5_000;

  private final JvmProgram program;
  private final String provider;
  private final TestDatabase database;
  private final Path released;
  private final List<TestNode> nodes = new ArrayList<>();
  private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
  private final List<Future<?>> tasks = new ArrayList<>();
  // Guards the file's growth.
  private final Object lock = new Object();
  private boolean isFrozen;
  // As last counted.
  private volatile long rows;

  private TestCluster(JvmProgram program, String provider, TestDatabase database, Path released) {
    this.program = program;
    this.provider = provider;
    this.database = database;
    this.released = released;
  }

  /**
   * Creates nodes that don't run yet.
   *
   * @param provider {@code cluster}, or {@code local} for nodes that know nothing of each other
   */
  static TestCluster create(
      JvmProgram program, String provider, int count, TestDatabase database, Path directory)
      throws IOException {
    Path released = Files.createFile(directory.resolve("released"));
    TestCluster cluster = new TestCluster(program, provider, database, released);
    List<ServerSocket> free = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // Open until all are known, or a port might be given twice.
      free.add(new ServerSocket(0));
    }
    for (ServerSocket socket : free) {
      int number = cluster.nodes.size() + 1;
      cluster.nodes.add(TestNode.create(number, socket.getLocalPort(), database, directory));
      socket.close();
    }
    cluster.every(TICK_MILLIS, cluster::releaseMore);
    cluster.every(COUNT_MILLIS, cluster::countRows);
    return cluster;
  }

  private void every(int millis, Runnable task) {
    tasks.add(ticks.scheduleWithFixedDelay(task, 0, millis, TimeUnit.MILLISECONDS));
  }

  private void releaseMore() {
    try {
      synchronized (lock) {
        if (!isFrozen && released() - rows < MOST_EVENTS_WITHOUT_ROWS) {
          Files.write(released, new byte[EVENTS_PER_TICK], StandardOpenOption.APPEND);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void countRows() {
    try {
      rows = database.countRows();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns a node by its number, from 1. */
  TestNode node(int number) {
    return nodes.get(number - 1);
  }

  /** Starts all nodes, and waits until rows are written. */
  void startAll() throws IOException {
    for (TestNode node : nodes) {
      start(node);
    }
    awaitJoined();
    awaitProgress("after the start");
  }

  /**
   * Starts a node, or a killed one again. It joins those that run: only if none does may it begin a
   * cluster.
   */
  void start(TestNode node) throws IOException {
    start(node, NodeBuild.CURRENT);
  }

  /** Starts a node with a build. */
  void start(TestNode node, NodeBuild build) throws IOException {
    List<Integer> running = nodes.stream().filter(TestNode::isAlive).map(TestNode::port).toList();
    node.start(
        program,
        new NodeSettings(
            node.number(),
            provider,
            node.port(),
            node.bindPort(),
            running.isEmpty() ? List.of(node.port()) : running,
            database.name(),
            database.urlAt(node.journalPort(), journalOf(node)),
            database.urlAt(node.tablePort(), "table of node " + node.number()),
            released.toString(),
            build));
  }

  private static String journalOf(TestNode node) {
    return "journal of node " + node.number();
  }

  /** Waits until all running nodes are up, and no others, as each of them sees it. */
  void awaitJoined() {
    if (provider.equals("cluster")) {
      List<TestNode> running = nodes.stream().filter(TestNode::isAlive).toList();
      await(
          "all nodes up",
          () -> running.stream().allMatch(node -> node.report().membersUp() == running.size()));
    }
  }

  /** Waits until a node has its share of the shards, after which no more move to it. */
  void awaitShare(TestNode node) {
    long running = nodes.stream().filter(TestNode::isAlive).count();
    awaitReport(
        node,
        "its share of the shards",
        report -> report.rows().size() >= NodeSettings.SHARDS / running);
  }

  /** Waits until some events that are released from now on have rows. */
  void awaitProgress(String when) {
    awaitRows("rows of new events " + when, released() + 2 * EVENTS_PER_TICK);
  }

  /**
   * Waits until some events that are released from now on have rows, and starts the nodes meanwhile
   * that end.
   */
  void awaitProgressOfRestarted(String when) {
    long atLeast = released() + 2 * EVENTS_PER_TICK;
    await(
        "rows of new events " + when,
        () -> {
          startEnded();
          return database.countRows() >= atLeast;
        });
    awaitJoined();
  }

  private void awaitRows(String what, long atLeast) {
    await(what, () -> database.countRows() >= atLeast);
  }

  /** Waits until a number of further events are released. */
  void awaitReleased(long events) {
    long atLeast = released() + events;
    await("the release of events", () -> released() >= atLeast);
  }

  /** Waits for a report of a node. */
  void awaitReport(TestNode node, String what, Predicate<NodeReport> condition) {
    await("%s of node %d".formatted(what, node.number()), () -> condition.test(node.report()));
  }

  void await(String what, Callable<Boolean> condition) {
    try {
      Awaitility.await()
          .alias(what)
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .until(condition);
    } catch (RuntimeException e) {
      throw new AssertionError(what + "\n" + outputs(), e);
    }
  }

  /** Returns the running node that has been in the cluster longest, where singletons run. */
  TestNode oldest() {
    TestNode viewer = nodes.stream().filter(TestNode::isAlive).findFirst().orElseThrow();
    awaitReport(viewer, "the oldest node", report -> report.oldest() != 0);
    int port = viewer.report().oldest();
    return nodes.stream().filter(node -> node.port() == port).findFirst().orElseThrow();
  }

  /** Returns a running node that is not the oldest. */
  TestNode younger() {
    TestNode oldest = oldest();
    return nodes.stream()
        .filter(node -> node.isAlive() && node != oldest)
        .findFirst()
        .orElseThrow();
  }

  /**
   * Pauses a node with writes to its journal on their way, and lets them arrive, and the node go
   * on, once the others have replaced it. Waits until it has ended.
   */
  void replaceAndLetWrite(TestNode node) throws Exception {
    // What it sends to the journal are changes of epochs then, and nothing of a recovery.
    awaitShare(node);
    TcpForwarder journal = node.journal();
    do {
      // The replacing nodes must not wait for the locks of a transaction that has begun.
      journal.release();
      awaitProgress("before writes are held");
      journal.hold();
      await("writes of node " + node.number(), () -> journal.held() > 0);
      awaitReleased(LONGER_THAN_WRITES);
    } while (!database.isIdle(journalOf(node)));
    node.pause();
    awaitProgress("without the paused node");
    long before = journal.answers();
    journal.release();
    await("the answer to a late write", () -> journal.answers() > before);
    node.resume();
    // It learns now that it has been removed.
    node.awaitExit();
  }

  /** Cuts a node from all others, in both directions. */
  void isolate(TestNode node) throws IOException {
    for (TestNode other : nodes) {
      if (other != node) {
        other.cutFrom(node);
        node.cutFrom(other);
      }
    }
  }

  /** Restores all connections. */
  void restore() {
    nodes.forEach(TestNode::restore);
  }

  /** Restores all connections, starts the nodes that don't run, and waits until all are up. */
  void heal() throws IOException {
    restore();
    startEnded();
    awaitJoined();
  }

  private void startEnded() throws IOException {
    for (TestNode node : nodes) {
      if (!node.isAlive()) {
        start(node);
      }
    }
  }

  /**
   * Checks that all events so far have the rows that nothing disturbs, and that all journals had
   * one writer at a time. No events are released meanwhile.
   */
  WriterCheck settle() throws Exception {
    for (Future<?> task : tasks) {
      if (task.isDone()) {
        // Only by a failure.
        task.get();
      }
    }
    freeze(true);
    long events = released();
    awaitRows("rows of all events", events);

    assertThat(database.rows())
        .containsExactlyInAnyOrderElementsOf(RunningTotal.undisturbed(events));
    WriterCheck writers = WriterCheck.of(database.dataSource(), database.name());
    assertThat(writers.violations()).isEmpty();
    freeze(false);
    return writers;
  }

  private void freeze(boolean frozen) {
    synchronized (lock) {
      isFrozen = frozen;
    }
  }

  /** Settles, and lets all running nodes leave. */
  WriterCheck finish() throws Exception {
    WriterCheck writers = settle();
    for (TestNode node : nodes) {
      if (node.isAlive()) {
        assertThat(node.leave()).as("exit code of node %d", node.number()).isZero();
      }
    }
    return writers;
  }

  private long released() {
    try {
      return Files.size(released);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String outputs() {
    StringBuilder outputs = new StringBuilder();
    for (TestNode node : nodes) {
      try {
        outputs.append("node %d:%n%s%n".formatted(node.number(), node.output()));
      } catch (IOException e) {
        outputs.append(e);
      }
    }
    return outputs.toString();
  }

  @Override
  public void close() throws IOException {
    ticks.shutdownNow();
    for (TestNode node : nodes) {
      node.close();
    }
  }
}
