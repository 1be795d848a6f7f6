package io.vellamo.checks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections through a forwarder to a server that answers each byte with the next one. */
@Timeout(30)
final class TcpForwarderTest {
  private static final int SHORT_MILLIS = 200;

  private ServerSocket server;
  private TcpForwarder forwarder;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread answers = new Thread(this::answer, "answers");
    answers.setDaemon(true);
    answers.start();
    forwarder = TcpForwarder.to(server.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    forwarder.close();
    server.close();
  }

  private void answer() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread each = new Thread(() -> answer(socket), "answer");
        each.setDaemon(true);
        each.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void answer(Socket socket) {
    try (socket) {
      for (int read = socket.getInputStream().read();
          read >= 0;
          read = socket.getInputStream().read()) {
        socket.getOutputStream().write(read + 1);
      }
    } catch (IOException e) {
      return;
    }
  }

  private Socket connectFrom(String host) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(host, 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), forwarder.port()));
    socket.setSoTimeout(5_000);
    return socket;
  }

  private static int ask(Socket socket, int number) throws IOException {
    socket.getOutputStream().write(number);
    return socket.getInputStream().read();
  }

  private static void assertSilent(Socket socket) throws IOException {
    socket.setSoTimeout(SHORT_MILLIS);
    assertThatThrownBy(() -> ask(socket, 1)).isInstanceOf(SocketTimeoutException.class);
    socket.setSoTimeout(5_000);
  }

  @Test
  void connection_passesBothDirections() throws IOException {
    try (Socket socket = connectFrom("127.0.0.1")) {
      assertThat(ask(socket, 4)).isEqualTo(5);
      assertThat(ask(socket, 8)).isEqualTo(9);
    }
  }

  @Test
  void cut_isNotNoticedByTheSides_andEndsTheConnectionWhenRestored() throws IOException {
    try (Socket socket = connectFrom("127.0.0.1")) {
      ask(socket, 1);
      forwarder.cut();

      assertSilent(socket);
      forwarder.restore();

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    try (Socket next = connectFrom("127.0.0.1")) {
      assertThat(ask(next, 1)).isEqualTo(2);
    }
  }

  @Test
  void cut_throughWhichNothingWasSent_leavesTheConnection() throws IOException {
    try (Socket socket = connectFrom("127.0.0.1")) {
      ask(socket, 1);
      forwarder.cut();
      forwarder.restore();

      assertThat(ask(socket, 2)).isEqualTo(3);
    }
  }

  @Test
  void cut_ofAnOrigin_leavesTheOthers() throws IOException {
    forwarder.cut(InetAddress.getByName("127.0.0.12"));
    try (Socket cut = connectFrom("127.0.0.12");
        Socket other = connectFrom("127.0.0.13")) {
      assertThat(ask(other, 1)).isEqualTo(2);
      assertSilent(cut);
    }
  }

  @Test
  void heldRequest_arrivesOnceItIsReleased() throws IOException {
    try (Socket socket = connectFrom("127.0.0.1")) {
      forwarder.hold();
      assertSilent(socket);
      assertThat(forwarder.held()).isEqualTo(1);
      forwarder.release();

      assertThat(socket.getInputStream().read()).isEqualTo(2);
      assertThat(forwarder.held()).isZero();
      assertThat(forwarder.answers()).isEqualTo(1);
    }
  }
}
