package io.vellamo.checks.cluster;

import io.vellamo.servers.jvm.JvmProcess;
import io.vellamo.servers.jvm.JvmProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A node of a test: its process, which is another one after each restart, and the forwarders before
 * it and before its database, which stay.
 *
 * <p><b>Threading</b> Used by one thread, apart from the reports.
 */
final class TestNode implements AutoCloseable {
  private final int number;
  private final TcpForwarder artery;
  private final TcpForwarder journal;
  private final TcpForwarder table;
  private final int bindPort;
  private final Path log;
  private @Nullable JvmProcess process;
  private volatile NodeReport report = NodeReport.NONE;

  private TestNode(
      int number,
      TcpForwarder artery,
      TcpForwarder journal,
      TcpForwarder table,
      int bindPort,
      Path log) {
    this.number = number;
    this.artery = artery;
    this.journal = journal;
    this.table = table;
    this.bindPort = bindPort;
    this.log = log;
  }

  /** Creates a node that does not run yet. */
  static TestNode create(int number, int bindPort, TestDatabase database, Path directory)
      throws IOException {
    return new TestNode(
        number,
        TcpForwarder.to(bindPort),
        TcpForwarder.to(database.port()),
        TcpForwarder.to(database.port()),
        bindPort,
        directory.resolve("node-%d.log".formatted(number)));
  }

  int number() {
    return number;
  }

  /** Returns the port by which other nodes know it. */
  int port() {
    return artery.port();
  }

  int bindPort() {
    return bindPort;
  }

  int journalPort() {
    return journal.port();
  }

  int tablePort() {
    return table.port();
  }

  void start(JvmProgram program, NodeSettings settings) throws IOException {
    report = NodeReport.NONE;
    process = program.start(List.of(settings.json()), log, this::take);
  }

  private void take(String line) {
    NodeReport next = NodeReport.parse(line);
    if (next != null) {
      report = next;
    }
  }

  /** Returns the newest report of the process. */
  NodeReport report() {
    return report;
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  private JvmProcess process() {
    return Objects.requireNonNull(process, "process");
  }

  /** Kills the process as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process().kill();
  }

  void pause() throws IOException, InterruptedException {
    process().pause();
  }

  void resume() throws IOException, InterruptedException {
    process().resume();
  }

  /** Lets the node leave; returns its exit code. */
  int leave() throws InterruptedException {
    process().closeInput();
    return process().awaitExit();
  }

  /** Waits for the end of a process that ends by itself; returns its exit code. */
  int awaitExit() throws InterruptedException {
    return process().awaitExit();
  }

  /** Cuts the connections from another node to this one. */
  void cutFrom(TestNode other) throws IOException {
    artery.cut(InetAddress.getByName(NodeSettings.host(other.number)));
  }

  /** Cuts this node from its database. */
  void cutDatabase() {
    journal.cut();
    table.cut();
  }

  /** Returns the connection to its journal, to be held. */
  TcpForwarder journal() {
    return journal;
  }

  /** Restores all connections to this node, and from it to the database. */
  void restore() {
    artery.restore();
    journal.restore();
    table.restore();
  }

  /** Returns whether a line of the output of all its processes contains a text. */
  boolean hasLogged(String text) throws IOException {
    return Files.exists(log) && Files.readString(log).contains(text);
  }

  /** Returns the end of the process's output, for a failing test. */
  String output() throws IOException {
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
  }

  @Override
  public void close() throws IOException {
    if (process != null) {
      process.close();
    }
    artery.close();
    journal.close();
    table.close();
  }
}
