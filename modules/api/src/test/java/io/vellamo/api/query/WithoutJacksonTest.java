package io.vellamo.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project that uses reports and has no Jackson. */
final class WithoutJacksonTest {
  private static final String PROGRAM =
      """
      import io.vellamo.api.query.EventCounts;
      import io.vellamo.api.query.JsonReport;
      public final class Program implements java.util.function.Supplier<String> {
        public String get() {
          JsonReport report = new EventCounts(1, 2, 3);
          return report.toMap().get("input") + report.json();
        }
      }
      """;

  @TempDir Path classes;

  @Test
  void program_compilesWithoutWarnings_andRuns() throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("jackson"))
            .collect(Collectors.joining(File.pathSeparator));

    assertThat(compile(classPath)).isEmpty();
    try (URLClassLoader loader = new URLClassLoader(urls(classPath), null)) {
      Object program = loader.loadClass("Program").getDeclaredConstructor().newInstance();
      assertThat(program.getClass().getMethod("get").invoke(program))
          .isEqualTo("6{\"input\":6,\"processed\":1,\"late\":2,\"deadLettered\":3}");
    }
  }

  private String compile(String classPath) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter out = new StringWriter();
    List<String> options =
        List.of("-Xlint:all", "-Werror", "-proc:none", "-cp", classPath, "-d", classes.toString());
    compiler.getTask(out, null, null, options, null, List.of(source())).call();
    return out.toString();
  }

  private URL[] urls(String classPath) throws Exception {
    URL[] urls =
        Arrays.stream((classes + File.pathSeparator + classPath).split(File.pathSeparator))
            .map(entry -> Path.of(entry).toUri())
            .map(WithoutJacksonTest::url)
            .toArray(URL[]::new);
    return urls;
  }

  private static URL url(URI uri) {
    try {
      return uri.toURL();
    } catch (java.net.MalformedURLException e) {
      throw new AssertionError(e);
    }
  }

  private static JavaFileObject source() {
    return new SimpleJavaFileObject(
        URI.create("string:///Program.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return PROGRAM;
      }
    };
  }
}
