package io.vellamo.servers;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Cassandra node in its own process and with its own class path, which the module {@code
 * vellamo-cassandra-server} has gathered. It can be stopped and started again on the same port,
 * with the same data.
 */
public final class CassandraServer implements AutoCloseable {
  /** The data center of every node. */
  public static final String DATACENTER = "datacenter1";

  private static final Path JARS = Path.of("checks", "cassandra-server", "target", "lib");
  private static final long PATIENCE_SECONDS = 120;

  private static final String EXPORTS =
      """
      java.base/jdk.internal.misc java.base/java.lang.ref java.base/java.lang.reflect
      java.base/sun.nio.ch java.management.rmi/com.sun.jmx.remote.internal.rmi
      java.rmi/sun.rmi.registry java.rmi/sun.rmi.server java.rmi/sun.rmi.transport.tcp
      java.sql/java.sql jdk.unsupported/sun.misc jdk.compiler/com.sun.tools.javac.file
      """;
  private static final String OPENS =
      """
      java.base/java.lang java.base/java.lang.module java.base/java.lang.reflect java.base/java.io
      java.base/java.nio java.base/java.util java.base/java.util.concurrent
      java.base/java.util.concurrent.atomic java.base/jdk.internal.loader
      java.base/jdk.internal.ref java.base/jdk.internal.reflect java.base/jdk.internal.math
      java.base/jdk.internal.module java.base/jdk.internal.util.jar java.base/sun.nio.ch
      jdk.management/com.sun.management.internal jdk.compiler/com.sun.tools.javac
      """;

  private final Path directory;
  private final boolean isTemporary;
  private final int port;
  private final List<String> command;
  private Process process;

  private CassandraServer(Path directory, boolean isTemporary, int port, List<String> command)
      throws IOException {
    this.directory = directory;
    this.isTemporary = isTemporary;
    this.port = port;
    this.command = command;
    this.process = run();
  }

  /**
   * Starts a node whose data are removed when it is closed.
   *
   * @return a node that answers
   */
  public static CassandraServer start() {
    try {
      Path parent = Path.of("target", "cassandra").toAbsolutePath();
      Files.createDirectories(parent);
      return start(Files.createTempDirectory(parent, "node"), true);
    } catch (IOException e) {
      throw new IllegalStateException("Cassandra must start", e);
    }
  }

  /**
   * Starts a node.
   *
   * @param directory holds its data and its log; the data of an earlier node are used again
   * @return a node that answers
   */
  public static CassandraServer start(Path directory) {
    return start(directory.toAbsolutePath(), false);
  }

  private static CassandraServer start(Path directory, boolean isTemporary) {
    try {
      Files.createDirectories(directory);
      Processes.endFormer(directory);
      int port = Processes.freePort();
      Path yaml = directory.resolve("cassandra.yaml");
      Files.writeString(yaml, settings(directory, port));
      Path logback = directory.resolve("logback.xml");
      Files.writeString(logback, resource("/cassandra-server-logback.xml"));
      return new CassandraServer(directory, isTemporary, port, command(directory, yaml, logback));
    } catch (IOException e) {
      throw new IllegalStateException("Cassandra must start", e);
    }
  }

  private Process run() throws IOException {
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
            .start();
    Processes.note(directory, started);
    // In case this JVM ends before close() is called.
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    awaitReady(started);
    return started;
  }

  /**
   * Returns the port for clients, which stays the same after {@link #restart}.
   *
   * @return the port on the loopback interface
   */
  public int port() {
    return port;
  }

  /**
   * Returns the address for clients.
   *
   * @return the address on the loopback interface
   */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Kills the node. Its data stay. */
  public void stop() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts the stopped node again, on the same port and with the same data. */
  public void restart() {
    try {
      process = run();
    } catch (IOException e) {
      throw new IllegalStateException("Cassandra must start again", e);
    }
  }

  /** Ends the node, and removes its data unless a directory was given; its log stays. */
  @Override
  public void close() throws IOException {
    stop();
    if (isTemporary) {
      Processes.delete(directory.resolve("storage"));
    }
  }

  private static String settings(Path directory, int port) throws IOException {
    return resource("/cassandra-server.yaml")
        .replace("@directory@", directory.resolve("storage").toString())
        .replace("@port@", Integer.toString(port))
        .replace("@storage-port@", Integer.toString(Processes.freePort()))
        .replace("@ssl-storage-port@", Integer.toString(Processes.freePort()));
  }

  private static List<String> command(Path directory, Path yaml, Path logback) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    // The tests of the plugin write 400 MB at a time: with half a gigabyte the server ran out of
    // heap.
    command.addAll(List.of("-Xms512m", "-Xmx1g", "-javaagent:" + jar("jamm-")));
    moduleFlags(EXPORTS).forEach(pkg -> command.add("--add-exports=" + pkg));
    moduleFlags(OPENS).forEach(pkg -> command.add("--add-opens=" + pkg));
    command.addAll(
        List.of(
            "-Dcassandra.config=" + yaml.toUri(),
            "-Dcassandra.storagedir=" + directory.resolve("storage"),
            "-Dcassandra-foreground=yes",
            "-Dcassandra.superuser_setup_delay_ms=0",
            "-Dcassandra.skip_wait_for_gossip_to_settle=0",
            "-Dcassandra.ring_delay_ms=100",
            "-Djdk.attach.allowAttachSelf=true",
            "-Dio.netty.tryReflectionSetAccessible=true",
            "-Dlogback.configurationFile=" + logback));
    command.addAll(List.of("-cp", jars() + "/*"));
    command.add("org.apache.cassandra.service.CassandraDaemon");
    return command;
  }

  private static Stream<String> moduleFlags(String packages) {
    return packages
        .strip()
        .lines()
        .flatMap(line -> Stream.of(line.split(" ", -1)))
        .map(name -> name + "=ALL-UNNAMED");
  }

  private static Path jar(String prefix) throws IOException {
    try (Stream<Path> jars = Files.list(jars())) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith(prefix))
          .findAny()
          .orElseThrow();
    }
  }

  /** Finds the class path from the place of this class, which is below the same repository. */
  private static Path jars() {
    Path place;
    try {
      place =
          Path.of(
              CassandraServer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The place of this class must be a file", e);
    }
    for (Path at = place; at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve(JARS))) {
        return at.resolve(JARS);
      }
    }
    throw new IllegalStateException(
        "[%s] must exist in a directory above [%s]; build vellamo-cassandra-server first"
            .formatted(JARS, place));
  }

  /** Waits until clients are answered, which Cassandra does once everything else is up. */
  private void awaitReady(Process started) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      while (!isReady()) {
        if (started.waitFor(200, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
          started.destroyForcibly();
          throw new IllegalStateException(
              "Cassandra must answer within [%d s], see [%s]"
                  .formatted(PATIENCE_SECONDS, directory.resolve("log")));
        }
      }
    } catch (InterruptedException e) {
      started.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Cassandra must start, was interrupted", e);
    }
  }

  private boolean isReady() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(CassandraServer.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
