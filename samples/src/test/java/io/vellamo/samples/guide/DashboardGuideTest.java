package io.vellamo.samples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.typesafe.config.ConfigFactory;
import io.vellamo.dashboard.DashboardSettings;
import io.vellamo.dashboard.VellamoDashboard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The dashboard is started and mounted as its page says. */
final class DashboardGuideTest {
  private final ActorSystem<Done> system =
      ActorSystem.create(
          Behaviors.empty(),
          "guide",
          ConfigFactory.parseString(
                  """
                  vellamo.dashboard.port = 0
                  pekko.persistence.journal.plugin = "pekko.persistence.journal.inmem"
                  """)
              .withFallback(ConfigFactory.load()));

  @AfterEach
  void stop() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  @Test
  void dashboard_listens() throws Exception {
    VellamoDashboard dashboard = VellamoDashboard.start(system);

    assertThat(page(dashboard.address())).contains("<title>Vellamo</title>");
    dashboard.close();
  }

  @Test
  void dashboard_isMountedInAServerOfTheApplication() throws Exception {
    DashboardSettings settings = DashboardSettings.from(system.settings().config());
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    VellamoDashboard dashboard = VellamoDashboard.unbound(system, settings);
    server.createContext("/vellamo", dashboard.handler());
    server.start();

    int port = server.getAddress().getPort();
    assertThat(page(URI.create("http://127.0.0.1:%d/vellamo/".formatted(port))))
        .contains("<title>Vellamo</title>");
    server.stop(0);
    dashboard.close();
  }

  private static String page(URI address) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
