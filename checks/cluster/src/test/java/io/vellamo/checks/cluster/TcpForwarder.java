package io.vellamo.checks.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/**
 * A port whose connections are passed on to another port, and which can be cut like a cable: as
 * long as it is, nothing passes in either direction, and neither side is told. When it is restored,
 * the connections from which bytes are missing are closed. It can also hold requests, none of which
 * is lost: they arrive late.
 *
 * <p><b>Threading</b> Safe to share. Has a thread for each direction of a connection.
 */
final class TcpForwarder implements AutoCloseable {
  private static final int BUFFER = 16 * 1024;

  private final ServerSocket server;
  private final int target;

  // Guards the fields below.
  private final Object lock = new Object();
  private final Set<Connection> connections = new HashSet<>();
  private final Set<InetAddress> cutOrigins = new HashSet<>();
  private boolean isCut;
  private boolean isHolding;
  // How many connections have bytes that are held.
  private int held;
  // How often bytes of the target have passed.
  private long answers;

  private TcpForwarder(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** Starts a forwarder on a free port of the loopback interface. */
  static TcpForwarder to(int target) throws IOException {
    TcpForwarder forwarder =
        new TcpForwarder(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
    start("forward-to-" + target, forwarder::accept);
    return forwarder;
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  /** Cuts all connections. */
  void cut() {
    synchronized (lock) {
      isCut = true;
    }
  }

  /** Cuts the connections from an address. */
  void cut(InetAddress origin) {
    synchronized (lock) {
      cutOrigins.add(origin);
    }
  }

  /** Lets all connections pass again. */
  void restore() {
    synchronized (lock) {
      isCut = false;
      cutOrigins.clear();
      for (Iterator<Connection> each = connections.iterator(); each.hasNext(); ) {
        Connection connection = each.next();
        if (connection.isBroken) {
          connection.close();
          each.remove();
        }
      }
    }
  }

  /** Holds the bytes to the target from now on. Those of the target pass. */
  void hold() {
    synchronized (lock) {
      isHolding = true;
    }
  }

  /** Lets the bytes that are held pass, and all later ones. */
  void release() {
    synchronized (lock) {
      isHolding = false;
      lock.notifyAll();
    }
  }

  /** Returns how many connections have bytes that are held. */
  int held() {
    synchronized (lock) {
      return held;
    }
  }

  /** Returns how often the target's bytes have passed. */
  long answers() {
    synchronized (lock) {
      return answers;
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        open(server.accept());
      } catch (IOException e) {
        // Closed, or the target does not listen, which the client sees.
      }
    }
  }

  private void open(Socket client) throws IOException {
    Connection connection = new Connection(client);
    synchronized (lock) {
      connections.add(connection);
    }
    // The bytes of a connection that begins while the forwarder is cut have nowhere to go.
    if (connection.isCut()) {
      return;
    }
    connection.connect();
  }

  @Override
  public void close() throws IOException {
    server.close();
    synchronized (lock) {
      connections.forEach(Connection::close);
      connections.clear();
      lock.notifyAll();
    }
  }

  private final class Connection {
    private final Socket client;
    private final Socket forward = new Socket();
    // Guarded by lock: bytes are missing, or would be if any were sent.
    private boolean isBroken;

    Connection(Socket client) {
      this.client = client;
    }

    void connect() throws IOException {
      try {
        forward.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        client.setTcpNoDelay(true);
        forward.setTcpNoDelay(true);
      } catch (IOException e) {
        end();
        throw e;
      }
      start("forward-" + port(), () -> pass(client, forward, this::awaitRelease));
      start("answer-" + port(), () -> pass(forward, client, this::countAnswer));
    }

    /** Returns whether nothing may pass now; such a connection is broken. */
    boolean isCut() {
      synchronized (lock) {
        boolean cut = isCut || cutOrigins.contains(client.getInetAddress());
        isBroken |= cut;
        return isBroken;
      }
    }

    private void awaitRelease() {
      synchronized (lock) {
        held++;
        try {
          while (isHolding && !client.isClosed()) {
            lock.wait();
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        } finally {
          held--;
        }
      }
    }

    private void countAnswer() {
      synchronized (lock) {
        answers++;
      }
    }

    private void pass(Socket from, Socket to, Runnable beforePassing) {
      byte[] buffer = new byte[BUFFER];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          beforePassing.run();
          if (!isCut()) {
            out.write(buffer, 0, read);
          }
        }
      } catch (IOException e) {
        // Closed by one side: the other one learns of it below.
      }
      // Not even the end of a connection passes a cut.
      if (!isCut()) {
        end();
      }
    }

    private void end() {
      synchronized (lock) {
        connections.remove(this);
      }
      close();
    }

    void close() {
      try {
        client.close();
        forward.close();
      } catch (IOException e) {
        return; // Closed all the same.
      }
    }
  }
}
