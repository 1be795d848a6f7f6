package io.vellamo.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An HTTP endpoint on a socket that fails as a test wants. */
final class FaultyServer implements AutoCloseable {
  /**
   * A request.
   *
   * @param headers by name in lower case
   * @param nanos when it had arrived
   */
  record Request(Map<String, String> headers, String body, long nanos) {
    String key() {
      return headers.getOrDefault("idempotency-key", "none");
    }
  }

  /** The answer to a request. */
  enum Ending {
    COMPLETE,
    NEVER,
    RESET_BEFORE_THE_ANSWER,
    RESET_IN_THE_ANSWER,
    STALLS_IN_THE_ANSWER
  }

  /**
   * An answer.
   *
   * @param headers lines of further headers
   * @param delayMillis the time before the answer
   */
  record Reply(int status, String headers, Ending ending, long delayMillis) {
    static Reply of(int status) {
      return new Reply(status, "", Ending.COMPLETE, 0);
    }

    static Reply of(int status, String headers) {
      return new Reply(status, headers, Ending.COMPLETE, 0);
    }

    static Reply that(Ending ending) {
      return new Reply(200, "", ending, 0);
    }

    Reply after(long millis) {
      return new Reply(status, headers, ending, millis);
    }
  }

  private final ServerSocket socket;
  private final Function<Request, Reply> replies;
  private final List<Request> received = new CopyOnWriteArrayList<>();
  private final List<Request> accepted = new CopyOnWriteArrayList<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch abandoned = new CountDownLatch(1);

  private FaultyServer(ServerSocket socket, Function<Request, Reply> replies) {
    this.socket = socket;
    this.replies = replies;
  }

  static FaultyServer start(Function<Request, Reply> replies) throws IOException {
    ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    FaultyServer server = new FaultyServer(socket, replies);
    thread(server::listen);
    return server;
  }

  /** Starts a server that gives answers in turn, and 200 after the last one. */
  static FaultyServer inTurn(Reply... replies) throws IOException {
    AtomicInteger next = new AtomicInteger();
    return start(
        request -> {
          int index = next.getAndIncrement();
          return index < replies.length ? replies[index] : Reply.of(200);
        });
  }

  URI uri() {
    return URI.create(
        "http://%s:%d/secret-path".formatted(socket.getInetAddress().getHostAddress(), port()));
  }

  private int port() {
    return socket.getLocalPort();
  }

  /** Returns all requests. */
  List<Request> received() {
    return received;
  }

  /** Returns the requests with a status of success, whether or not the answer was complete. */
  List<Request> accepted() {
    return accepted;
  }

  int mostInFlight() {
    return mostInFlight.get();
  }

  private static void thread(Runnable task) {
    Thread thread = new Thread(task, "faulty-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void listen() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connections.add(connection);
        thread(() -> serve(connection));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket connection) {
    try (connection;
        InputStream in = new BufferedInputStream(connection.getInputStream())) {
      Request request = read(in);
      while (request != null) {
        received.add(request);
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        boolean goesOn;
        try {
          goesOn = answer(connection, request);
        } finally {
          inFlight.decrementAndGet();
        }
        request = goesOn ? read(in) : null;
      }
    } catch (IOException e) {
      return; // the client has gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static @Nullable Request read(InputStream in) throws IOException {
    String line = line(in);
    if (line.isEmpty()) {
      return null;
    }
    Map<String, String> headers = new TreeMap<>();
    for (line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Request(headers, new String(in.readNBytes(length), UTF_8), System.nanoTime());
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    while (next >= 0 && next != '\n') {
      if (next != '\r') {
        line.append((char) next);
      }
      next = in.read();
    }
    return line.toString();
  }

  /** Returns whether the connection stays open. */
  private boolean answer(Socket connection, Request request)
      throws IOException, InterruptedException {
    Reply reply = replies.apply(request);
    if (reply.status() < 300
        && reply.ending() != Ending.NEVER
        && reply.ending() != Ending.RESET_BEFORE_THE_ANSWER) {
      accepted.add(request);
    }
    pause(reply.delayMillis());
    OutputStream out = connection.getOutputStream();
    switch (reply.ending()) {
      case NEVER -> awaitEnd(connection);
      case RESET_BEFORE_THE_ANSWER -> connection.setSoLinger(true, 0);
      case RESET_IN_THE_ANSWER -> {
        write(out, head(reply, 100) + "half of");
        connection.setSoLinger(true, 0);
      }
      case STALLS_IN_THE_ANSWER -> {
        write(out, head(reply, 100) + "half of");
        awaitEnd(connection);
      }
      case COMPLETE -> {
        write(out, head(reply, 2) + "ok");
        return true;
      }
    }
    return false;
  }

  /** Waits until the client ends the connection, or the server is closed. */
  private void awaitEnd(Socket connection) throws IOException {
    if (connection.getInputStream().read() < 0) {
      abandoned.countDown();
    }
  }

  /** Waits until a client has ended a connection on which it received no complete answer. */
  void awaitAbandoned() throws InterruptedException {
    abandoned.await();
  }

  private void pause(long millis) throws InterruptedException {
    if (millis > 0) {
      closed.await(millis, TimeUnit.MILLISECONDS);
    }
  }

  private static String head(Reply reply, int length) {
    return "HTTP/1.1 %d x\r\n%sContent-Length: %d\r\n\r\n"
        .formatted(reply.status(), reply.headers(), length);
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
    out.flush();
  }

  /** Ends all connections, as a server that stops. */
  @Override
  public void close() {
    closed.countDown();
    try {
      socket.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
