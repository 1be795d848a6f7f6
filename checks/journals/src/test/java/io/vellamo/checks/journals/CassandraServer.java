package io.vellamo.checks.journals;

import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A Cassandra node of its own, in its own process and with its own class path, which the module
 * {@code vellamo-cassandra-server} has gathered.
 */
final class CassandraServer implements AutoCloseable {
  private static final Path JARS = Path.of("..", "cassandra-server", "target", "lib");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

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

  private final Process process;
  private final Path directory;
  private final int port;

  private CassandraServer(Process process, Path directory, int port) {
    this.process = process;
    this.directory = directory;
    this.port = port;
  }

  static CassandraServer start() {
    try {
      CassandraServer server = startServer();
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException("Cassandra must start", e);
    }
  }

  private static CassandraServer startServer() throws IOException {
    Path parent = Path.of("target", "cassandra").toAbsolutePath();
    Files.createDirectories(parent);
    Path directory = Files.createTempDirectory(parent, "node");
    int port = freePort();
    Path yaml = directory.resolve("cassandra.yaml");
    Files.writeString(yaml, settings(directory, port));
    Path logback = directory.resolve("logback.xml");
    Files.writeString(logback, resource("/cassandra-server-logback.xml"));
    Process process =
        new ProcessBuilder(command(directory, yaml, logback))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    // Should this JVM end before close() is called.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new CassandraServer(process, directory, port);
  }

  TestedJournal journal() {
    return TestedJournal.of(
        "cassandra.conf",
        "datastax-java-driver.basic.contact-points = [\"127.0.0.1:%d\"]".formatted(port),
        "pekko.persistence.cassandra.query");
  }

  /** Runs a statement. */
  void execute(String cql) {
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .withLocalDatacenter("datacenter1")
            .build()) {
      session.execute(cql);
    }
  }

  /** Ends the server and removes what it holds; only its log stays. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    try (Stream<Path> files = Files.walk(directory.resolve("storage"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static String settings(Path directory, int port) throws IOException {
    return resource("/cassandra-server.yaml")
        .replace("@directory@", directory.resolve("storage").toString())
        .replace("@port@", Integer.toString(port))
        .replace("@storage-port@", Integer.toString(freePort()))
        .replace("@ssl-storage-port@", Integer.toString(freePort()));
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
    command.addAll(List.of("-cp", JARS.toAbsolutePath().normalize() + "/*"));
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
    try (Stream<Path> jars = Files.list(JARS)) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith(prefix))
          .findAny()
          .orElseThrow()
          .toAbsolutePath();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Waits until clients are answered, which Cassandra does once everything else is up. */
  private void awaitReady() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .failFast("Cassandra has ended, see " + directory.resolve("log"), () -> !process.isAlive())
        .until(this::isReady);
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
