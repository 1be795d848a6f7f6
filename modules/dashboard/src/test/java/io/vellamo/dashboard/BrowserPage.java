package io.vellamo.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** A tab of a browser, with all errors that its page reports. */
final class BrowserPage implements AutoCloseable {
  private static final Map<String, Integer> KEY_CODES =
      Map.of("Tab", 9, "Enter", 13, "Home", 36, "ArrowRight", 39);

  private final DevTools tools;
  private final String session;
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private BrowserPage(DevTools tools, String session) {
    this.tools = tools;
    this.session = session;
    tools.onEvent(this::observe);
  }

  static BrowserPage open(DevTools tools) throws Exception {
    String target =
        tools
            .call("", "Target.createTarget", DevTools.parameters().put("url", "about:blank"))
            .path("targetId")
            .asText();
    String session =
        tools
            .call(
                "",
                "Target.attachToTarget",
                DevTools.parameters().put("targetId", target).put("flatten", true))
            .path("sessionId")
            .asText();
    BrowserPage page = new BrowserPage(tools, session);
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      page.call(domain + ".enable", DevTools.parameters());
    }
    return page;
  }

  private void observe(JsonNode event) {
    JsonNode parameters = event.path("params");
    switch (event.path("method").asText()) {
      case "Runtime.exceptionThrown" ->
          errors.add(parameters.path("exceptionDetails").path("exception").toString());
      case "Runtime.consoleAPICalled" -> {
        if (parameters.path("type").asText().matches("error|warning|assert")) {
          errors.add(parameters.path("args").toString());
        }
      }
      case "Log.entryAdded" -> errors.add(parameters.path("entry").toString());
      case "Network.requestWillBeSent" ->
          requests.add(parameters.path("request").path("url").asText());
      default -> {
        // Nothing else is of interest.
      }
    }
  }

  /** Sets the size of the window, and the colors that the user prefers. */
  void show(int width, int height, String colors) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        DevTools.parameters()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", width < 600));
    ObjectNode media = DevTools.parameters();
    media.putArray("features").addObject().put("name", "prefers-color-scheme").put("value", colors);
    call("Emulation.setEmulatedMedia", media);
  }

  void go(URI address) throws Exception {
    call("Page.navigate", DevTools.parameters().put("url", address.toString()));
  }

  /** Returns the value of an expression; waits for a promise. */
  JsonNode value(String expression) throws Exception {
    JsonNode result =
        call(
            "Runtime.evaluate",
            DevTools.parameters()
                .put("expression", expression)
                .put("returnByValue", true)
                .put("awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(expression + " threw " + result.path("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  String text(String selector) throws Exception {
    return value("document.querySelector('%s')?.textContent".formatted(selector)).asText();
  }

  void click(String selector) throws Exception {
    value("document.querySelector('%s').click()".formatted(selector));
  }

  /** Waits until an expression is true. */
  void await(Duration atMost, String expression) {
    Awaitility.await(expression)
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> value("Boolean(" + expression + ")").asBoolean());
  }

  void press(String key) throws Exception {
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          DevTools.parameters()
              .put("type", type)
              .put("key", key)
              .put("code", key)
              .put("windowsVirtualKeyCode", KEY_CODES.get(key))
              .put("text", key.equals("Enter") ? "\r" : ""));
    }
  }

  void screenshot(Path file, boolean whole) throws Exception {
    String data =
        call(
                "Page.captureScreenshot",
                DevTools.parameters().put("format", "png").put("captureBeyondViewport", whole))
            .path("data")
            .asText();
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(data));
  }

  List<String> errors() {
    return List.copyOf(errors);
  }

  /** Returns the addresses that the page has requested. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private JsonNode call(String method, ObjectNode parameters) throws Exception {
    return tools.call(session, method, parameters);
  }

  @Override
  public void close() {
    tools.close();
  }
}
