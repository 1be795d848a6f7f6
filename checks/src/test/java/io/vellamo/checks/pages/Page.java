package io.vellamo.checks.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation, as far as it describes a project.
 *
 * <p>A code block is a file of the project if the line before it is the file's name, as in {@code
 * `src/main/java/clicks/ClickSessions.java`:}. Other blocks in XML are excerpts of a {@code
 * pom.xml}.
 *
 * @param name the page's path from the repository's root
 * @param files contents of the project's files, by name
 * @param excerpts excerpts of a {@code pom.xml}
 */
record Page(String name, Map<String, String> files, List<String> excerpts) {
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:^`([^`\n]+)`:\n\n)?^```(\\w*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  Page {
    files = Map.copyOf(files);
    excerpts = List.copyOf(excerpts);
  }

  /** Reads a page. */
  static Page read(Path root, Path file) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    List<String> excerpts = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(Files.readString(file));
    while (blocks.find()) {
      if (blocks.group(1) != null) {
        files.put(blocks.group(1), blocks.group(3));
      } else if (blocks.group(2).equals("xml")) {
        excerpts.add(blocks.group(3));
      }
    }
    return new Page(root.relativize(file).toString(), files, excerpts);
  }

  /** Returns the name of the project that a page describes. */
  static String project(String name) {
    return name.replace(".md", "").replace('/', '-');
  }

  /** Returns this page with another page's files, apart from its {@code pom.xml}. */
  Page withProgramOf(Page other) {
    Map<String, String> all = new LinkedHashMap<>(other.files);
    all.putAll(files);
    all.put("pom.xml", pom());
    return new Page(name, all, excerpts);
  }

  /** Returns the directories of the page's projects, below that of the page. */
  List<String> projects() {
    return Stream.concat(
            Stream.of(project(name)),
            files.keySet().stream()
                .filter(file -> file.endsWith("/pom.xml"))
                .map(file -> project(name) + "/" + file.replace("/pom.xml", "")))
        .toList();
  }

  /** Returns whether there is anything to build. */
  boolean describesAProject() {
    return files.containsKey("pom.xml") || !excerpts.isEmpty();
  }

  /**
   * Writes the project's files, with a {@code pom.xml} around the excerpts if the page has none.
   */
  void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("pom.xml"), pom());
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  private String pom() {
    String whole = files.get("pom.xml");
    return whole != null ? whole : pomOfExcerpts();
  }

  private String pomOfExcerpts() {
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>com.example</groupId>
          <artifactId>%s</artifactId>
          <version>1.0</version>
          <properties>
            <maven.compiler.release>17</maven.compiler.release>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          </properties>
        %s
          <dependencies>
        %s
          </dependencies>
          <build>
            <plugins>
              <plugin>
                <groupId>org.apache.maven.plugins</groupId>
                <artifactId>maven-compiler-plugin</artifactId>
                <version>%s</version>
              </plugin>
            </plugins>
          </build>
        </project>
        """
        .formatted(
            project(name),
            excerpts("dependencyManagement"),
            excerpts("dependency"),
            ParentPom.plugin("maven-compiler-plugin"));
  }

  private String excerpts(String element) {
    return String.join(
        "\n", excerpts.stream().filter(text -> text.startsWith("<" + element + ">")).toList());
  }
}
