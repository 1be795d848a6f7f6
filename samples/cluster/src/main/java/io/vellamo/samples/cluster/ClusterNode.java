package io.vellamo.samples.cluster;

import io.vellamo.servers.jvm.JvmProcess;
import io.vellamo.servers.jvm.JvmProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A node as the sample sees it: its process, which is another one after each kill, and what it has
 * printed.
 *
 * <p><b>Threading</b> Used by one thread, apart from what the process prints.
 */
final class ClusterNode implements AutoCloseable {
  private static final String KILLED = "killed";
  private static final String ENDED = "ended";

  /** Looks after which a shard that has written nothing is no longer shown. */
  private static final int LOOKS_OF_A_SHARD = 6;

  private final int number;
  private final JvmProgram program = JvmProgram.of(SessionNode.class);
  private final int port;
  private final NodeArguments arguments;
  private final Path log;
  private @Nullable JvmProcess process;
  private volatile NodeStatus status = NodeStatus.STARTING;
  private boolean isKilled;
  private boolean beginsCluster;

  // Of the present process.
  private final Map<Integer, Integer> looksSinceRows = new HashMap<>();
  private NodeStatus before = NodeStatus.STARTING;

  ClusterNode(int number, int port, NodeArguments arguments, Path log) {
    this.number = number;
    this.port = port;
    this.arguments = arguments;
    this.log = log;
  }

  int number() {
    return number;
  }

  Path log() {
    return log;
  }

  int port() {
    return port;
  }

  /** Returns the port of its dashboard; null if it has none. */
  @Nullable Integer dashboard() {
    return arguments.dashboard();
  }

  /**
   * Starts the node.
   *
   * @param others the ports of nodes that it joins; it begins a cluster if there are none
   */
  void start(List<Integer> others) throws IOException {
    status = NodeStatus.STARTING;
    before = NodeStatus.STARTING;
    looksSinceRows.clear();
    isKilled = false;
    beginsCluster = others.isEmpty();
    NodeArguments own = arguments.at(port, others.isEmpty() ? List.of(port) : others);
    process = program.start(List.of(JsonLine.write(own)), log, this::take);
  }

  private void take(String line) {
    NodeStatus printed = NodeStatus.parse(line);
    if (printed != null) {
      status = printed;
    }
  }

  /** Returns whether the node runs. */
  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Returns whether the node runs and takes part in the query. */
  boolean isUp() {
    return isAlive() && status.isUp();
  }

  /** Returns whether the node runs, and has begun a cluster. */
  boolean isFirst() {
    return isAlive() && beginsCluster;
  }

  /** Returns whether the sample has killed the process. */
  boolean isKilled() {
    return isKilled;
  }

  /** Returns whether the process has ended because the query can't start. */
  boolean isRefused() throws InterruptedException {
    return process != null
        && !process.isAlive()
        && !isKilled
        && process.awaitExit() == SessionNode.QUERY_REFUSED;
  }

  /** Kills the process as {@code kill -9} does. */
  void kill() throws InterruptedException {
    if (process != null && process.isAlive()) {
      isKilled = true;
      process.kill();
    }
  }

  /** Lets the node leave the cluster and end. */
  void leave() throws InterruptedException {
    if (process != null && process.isAlive()) {
      process.closeInput();
      process.awaitExit();
    }
  }

  /** Returns the figures since the last look. */
  NodeFigures look() {
    NodeStatus now = status;
    if (!isAlive()) {
      return new NodeFigures(number, isKilled ? KILLED : ENDED, List.of(), 0, now.allRows());
    }
    looksSinceRows.replaceAll((shard, looks) -> looks + 1);
    now.rows()
        .forEach(
            (shard, rows) -> {
              if (!rows.equals(before.rows().get(shard))) {
                looksSinceRows.put(shard, 0);
              }
            });
    looksSinceRows.values().removeIf(looks -> looks > LOOKS_OF_A_SHARD);
    long rows = now.allRows() - before.allRows();
    before = now;
    return new NodeFigures(
        number,
        now.state(),
        List.copyOf(new TreeSet<>(looksSinceRows.keySet())),
        rows,
        now.allRows());
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
