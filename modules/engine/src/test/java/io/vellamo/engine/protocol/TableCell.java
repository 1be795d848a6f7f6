package io.vellamo.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A cell of the table of transitions beside a machine.
 *
 * @param input the input, from the first column
 * @param position the state, from the first row
 * @param outcome the next state and the effects, or why there are none
 */
public record TableCell(String input, String position, String outcome) {
  /** Returns the cells of the table in a file, row by row. */
  public static List<TableCell> of(Path file) throws IOException {
    List<List<String>> rows =
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("| "))
            .map(line -> Stream.of(line.split("\\|", -1)).map(String::strip).toList())
            .toList();
    List<String> header = rows.get(0);
    List<TableCell> cells = new ArrayList<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      assertThat(row).as("row [%s]", row.get(1)).hasSameSizeAs(header);
      for (int column = 2; column < row.size() - 1; column++) {
        cells.add(new TableCell(row.get(1), header.get(column), row.get(column)));
      }
    }
    return cells;
  }

  /** Returns the impossible outcomes for which a file gives a reason. */
  public static List<String> reasons(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.matches("\\d+\\. .*"))
        .map(line -> "impossible " + line.substring(0, line.indexOf('.')))
        .toList();
  }

  @Override
  public String toString() {
    return input + " in " + position + " -> " + outcome;
  }
}
