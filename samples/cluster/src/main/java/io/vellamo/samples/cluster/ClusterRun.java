package io.vellamo.samples.cluster;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a run, from their start to their end. Killed nodes are started again after a while.
 *
 * <p><b>Threading</b> Used by one thread.
 */
final class ClusterRun implements AutoCloseable {
  private static final Duration DOWN = Duration.ofSeconds(10);

  private final List<ClusterNode> nodes;
  private final ClusterOptions options;
  private final SplittableRandom random;
  private final InstantSource clock = InstantSource.system();
  private final NodesView view;
  // When the nodes that are down are started again.
  private final Map<ClusterNode, Instant> restarts = new HashMap<>();
  private int kills;
  // Null until all nodes have been up.
  private @Nullable Instant nextKill;

  private ClusterRun(List<ClusterNode> nodes, ClusterOptions options, NodesView view) {
    this.nodes = List.copyOf(nodes);
    this.options = options;
    this.random = new SplittableRandom(options.seed());
    this.view = view;
  }

  /** Returns ports that are free now. */
  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        // Open until all are known, or a port might be given twice.
        sockets.add(new ServerSocket(0));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  /** Starts all nodes. */
  static ClusterRun start(NodeArguments arguments, ClusterOptions options, NodesView view)
      throws IOException {
    List<ClusterNode> nodes = new ArrayList<>();
    List<Integer> free = freePorts(2 * options.nodes());
    for (int i = 0; i < options.nodes(); i++) {
      int number = i + 1;
      nodes.add(
          new ClusterNode(
              number,
              free.get(i),
              arguments.withDashboard(dashboard(options, i, free.get(options.nodes() + i))),
              options.out().resolve("node-" + number + ".log")));
    }
    ClusterRun run = new ClusterRun(nodes, options, view);
    try {
      for (ClusterNode node : nodes) {
        run.start(node);
      }
      return run;
    } catch (IOException | RuntimeException | Error e) {
      run.close();
      throw e;
    }
  }

  private static @Nullable Integer dashboard(ClusterOptions options, int node, int free) {
    Integer first = options.dashboard();
    return first == null
        ? null
        : first == 0 ? Integer.valueOf(free) : Integer.valueOf(first + node);
  }

  /** Returns a line with the addresses of the nodes' dashboards; empty if there are none. */
  Optional<String> dashboards() {
    return options.dashboard() == null
        ? Optional.empty()
        : Optional.of(
            "Dashboards of the nodes: "
                + nodes.stream()
                    .map(node -> "http://127.0.0.1:" + node.dashboard() + "/")
                    .collect(Collectors.joining(", ")));
  }

  /** Starts a node, which joins those that are up, or the one that begins a cluster now. */
  private void start(ClusterNode node) throws IOException {
    List<Integer> up = ports(ClusterNode::isUp);
    node.start(up.isEmpty() ? ports(ClusterNode::isFirst) : up);
  }

  private List<Integer> ports(Predicate<ClusterNode> which) {
    return nodes.stream().filter(which).map(ClusterNode::port).toList();
  }

  List<NodeFigures> look() {
    return nodes.stream().map(ClusterNode::look).toList();
  }

  int kills() {
    return kills;
  }

  /**
   * Kills a node, at random, if the user wants that and it is time to, and all nodes are up:
   * without a majority, those that are left would end too.
   *
   * @param end the time from which on no node is killed, as that would only delay the end
   */
  void killNowAndThen(Instant end) throws InterruptedException {
    Duration between = options.killEvery();
    Instant now = clock.instant();
    if (between == null || !now.isBefore(end) || !nodes.stream().allMatch(ClusterNode::isUp)) {
      return;
    }
    if (nextKill == null) {
      nextKill = now.plus(between);
    } else if (!now.isBefore(nextKill)) {
      kill(nodes.get(random.nextInt(nodes.size())));
      nextKill = now.plus(between);
    }
  }

  /** Kills a node by its number; has no effect if there is none, or it does not run. */
  void kill(int number) throws InterruptedException {
    for (ClusterNode node : nodes) {
      if (node.number() == number && node.isAlive()) {
        kill(node);
      }
    }
  }

  private void kill(ClusterNode node) throws InterruptedException {
    node.kill();
    kills++;
  }

  /**
   * Starts the nodes again that have been down for long enough, by a kill or by themselves.
   *
   * @throws IllegalStateException if the query can't start on one of them
   */
  void restart() throws IOException, InterruptedException {
    Instant now = clock.instant();
    for (ClusterNode node : nodes) {
      if (node.isAlive()) {
        continue;
      }
      if (node.isRefused()) {
        throw new IllegalStateException(
            "Query must be able to start on node [%d], was refused; see [%s]"
                .formatted(node.number(), node.log()));
      }
      Instant at = restarts.get(node);
      if (at == null) {
        restarts.put(node, now.plus(DOWN));
        view.say(
            "node %d %s, and starts again in %d s"
                .formatted(
                    node.number(),
                    node.isKilled() ? "was killed" : "has ended, see " + node.log(),
                    DOWN.toSeconds()));
      } else if (!now.isBefore(at)) {
        restarts.remove(node);
        start(node);
        view.say("node %d starts again".formatted(node.number()));
      }
    }
  }

  /** Lets all nodes leave and end. */
  void leave() throws InterruptedException {
    for (ClusterNode node : nodes) {
      node.leave();
    }
  }

  /** Kills the nodes that still run. */
  @Override
  public void close() {
    nodes.forEach(ClusterNode::close);
  }
}
