import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.zetasql.Analyzer;
import com.google.zetasql.AnalyzerOptions;
import com.google.zetasql.LanguageOptions;
import com.google.zetasql.PreparedQuery;
import com.google.zetasql.SimpleCatalog;
import com.google.zetasql.SimpleColumn;
import com.google.zetasql.SimpleTable;
import com.google.zetasql.TableContent;
import com.google.zetasql.Type;
import com.google.zetasql.TypeFactory;
import com.google.zetasql.Value;
import com.google.zetasql.ZetaSQLBuiltinFunctionOptions;
import com.google.zetasql.ZetaSQLOptions.ProductMode;
import com.google.zetasql.ZetaSQLType.TypeKind;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedColumnDefinition;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateExternalTableStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateViewStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedDropStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedStatement;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs scripts in Google's own GoogleSQL: its analyzer takes every statement as BigQuery's language, and its
 * reference engine executes every view over the rows that the external tables are given.
 *
 * <p>Standard input: {"scripts": [{"statements": [SQL], "tables": {NAME: [[cell, ...], ...]}}]}; the cells of an
 * external table are in the order of its columns, the last one being its _FILE_NAME. Standard output: a list
 * with, for each script, {VIEW: {"columns": [[NAME, TYPE]], "rows": [[cell, ...]]}}, or {"error": message}
 * where a statement is refused or fails.
 */
public final class RunScripts {
  private final AnalyzerOptions options = new AnalyzerOptions();
  private final LanguageOptions language = new LanguageOptions().enableMaximumLanguageFeatures();

  private RunScripts() {
    language.setProductMode(ProductMode.PRODUCT_EXTERNAL);
    language.setSupportsAllStatementKinds();
    language.enableReservableKeyword("QUALIFY");
    options.setLanguageOptions(language);
    options.setDefaultTimezone("UTC");
    options.setPruneUnusedColumns(true);
  }

  public static void main(String[] arguments) {
    RunScripts engine = new RunScripts();
    JsonObject given =
        new Gson().fromJson(new InputStreamReader(System.in, StandardCharsets.UTF_8), JsonObject.class);
    JsonArray answers = new JsonArray();
    for (JsonElement script : given.getAsJsonArray("scripts")) {
      answers.add(engine.run(script.getAsJsonObject()));
    }
    byte[] bytes = new Gson().newBuilder().serializeNulls().create().toJson(answers).getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }

  /** The tables of one script: by their whole path, and by their last name alone, as the engine takes contents. */
  private final class Tables {
    final SimpleCatalog byPath = catalog();
    final SimpleCatalog byName = catalog();
    final Map<String, TableContent> contents = new HashMap<>();

    private SimpleCatalog catalog() {
      SimpleCatalog made = new SimpleCatalog("root");
      made.addZetaSQLFunctionsAndTypes(new ZetaSQLBuiltinFunctionOptions(language));
      return made;
    }

    void add(List<String> path, List<SimpleColumn> columns, List<List<Value>> rows) {
      String name = path.get(path.size() - 1);
      SimpleTable table = new SimpleTable(name, columns);
      SimpleCatalog folder = byPath;
      for (String step : path.subList(0, path.size() - 1)) {
        boolean known = folder.getCatalogList().stream().anyMatch(one -> one.getFullName().equals(step));
        if (!known) folder.addSimpleCatalog(new SimpleCatalog(step));
        folder = folder.getCatalogList().stream().filter(one -> one.getFullName().equals(step)).findFirst().get();
      }
      folder.addSimpleTable(table);
      byName.addSimpleTable(table);
      contents.put(name, TableContent.create(rows));
    }
  }

  private JsonObject run(JsonObject script) {
    Tables tables = new Tables();
    JsonObject answer = new JsonObject();
    String sql = "";
    try {
      for (JsonElement statement : script.getAsJsonArray("statements")) {
        sql = statement.getAsString();
        ResolvedStatement resolved = Analyzer.analyzeStatement(sql, options, tables.byPath);
        if (resolved instanceof ResolvedCreateExternalTableStmt table) {
          List<SimpleColumn> columns = columnsOf(table);
          String name = lastOf(table.getNamePath());
          JsonArray rows = script.getAsJsonObject("tables").getAsJsonArray(name);
          tables.add(table.getNamePath(), columns, rows == null ? List.of() : valuesOf(columns, rows));
        } else if (resolved instanceof ResolvedCreateViewStmt view) {
          execute(view, sql, tables, answer);
        } else if (!(resolved instanceof ResolvedDropStmt)) {
          throw new IllegalArgumentException("neither a view, nor an external table, nor dropping one");
        }
      }
      return answer;
    } catch (RuntimeException error) {
      JsonObject failed = new JsonObject();
      failed.addProperty("error", error.getMessage() + "\n" + sql);
      return failed;
    }
  }

  private void execute(ResolvedCreateViewStmt view, String sql, Tables tables, JsonObject answer) {
    List<String> path = view.getNamePath();
    StringBuilder dataset = new StringBuilder();
    for (String step : path.subList(0, path.size() - 1)) dataset.append('`').append(step).append("`.");
    String query = sql.substring(sql.indexOf(" AS\n") + 4).replace(dataset, "");
    try (PreparedQuery prepared =
        PreparedQuery.builder()
            .setSql(query)
            .setAnalyzerOptions(options)
            .setCatalog(tables.byName)
            .setTablesContents(tables.contents)
            .prepare()) {
      List<List<Value>> rows = new ArrayList<>(prepared.execute(Map.of()).getTableData());
      String name = lastOf(path);
      List<SimpleColumn> columns = new ArrayList<>();
      JsonArray names = new JsonArray();
      for (SimpleColumn column : prepared.getColumns()) {
        columns.add(new SimpleColumn(name, column.getName(), column.getType()));
        JsonArray typed = new JsonArray();
        typed.add(column.getName());
        typed.add(column.getType().typeName(ProductMode.PRODUCT_EXTERNAL));
        names.add(typed);
      }
      tables.add(path, columns, rows);
      JsonArray cells = new JsonArray();
      for (List<Value> row : rows) {
        JsonArray line = new JsonArray();
        for (Value value : row) line.add(cellOf(value));
        cells.add(line);
      }
      JsonObject result = new JsonObject();
      result.add("columns", names);
      result.add("rows", cells);
      answer.add(name, result);
    }
  }

  private static List<SimpleColumn> columnsOf(ResolvedCreateExternalTableStmt table) {
    List<SimpleColumn> columns = new ArrayList<>();
    String name = lastOf(table.getNamePath());
    for (ResolvedColumnDefinition column : table.getColumnDefinitionList()) {
      columns.add(new SimpleColumn(name, column.getName(), column.getType()));
    }
    Type text = TypeFactory.createSimpleType(TypeKind.TYPE_STRING);
    columns.add(new SimpleColumn(name, "_FILE_NAME", text, true, false));
    return columns;
  }

  private static List<List<Value>> valuesOf(List<SimpleColumn> columns, JsonArray rows) {
    List<List<Value>> values = new ArrayList<>();
    for (JsonElement row : rows) {
      List<Value> cells = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        cells.add(valueOf(columns.get(i).getType(), row.getAsJsonArray().get(i)));
      }
      values.add(cells);
    }
    return values;
  }

  private static Value valueOf(Type type, JsonElement cell) {
    if (cell.isJsonNull()) return Value.createNullValue(type);
    if (type.isString()) return Value.createStringValue(cell.getAsString());
    if (type.isInt64()) return Value.createInt64Value(Long.parseLong(cell.getAsString()));
    if (type.isDouble()) return Value.createDoubleValue(Double.parseDouble(cell.getAsString()));
    if (type.isBool()) return Value.createBoolValue(cell.getAsBoolean());
    throw new IllegalArgumentException("a column of type " + type.typeName());
  }

  /** Whole numbers are text, which JSON keeps exactly, and so are numbers that JSON has none for. */
  private static JsonElement cellOf(Value value) {
    if (value.isNull()) return JsonNull.INSTANCE;
    Type type = value.getType();
    if (type.isString()) return new JsonPrimitive(value.getStringValue());
    if (type.isInt64()) return new JsonPrimitive(Long.toString(value.getInt64Value()));
    if (type.isBool()) return new JsonPrimitive(value.getBoolValue());
    if (type.isTimestamp()) {
      long micros = value.getTimestampUnixMicros();
      Instant instant = Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
      return new JsonPrimitive(instant.toString());
    }
    if (type.isDouble()) {
      double number = value.getDoubleValue();
      return Double.isFinite(number) ? new JsonPrimitive(number) : new JsonPrimitive(Double.toString(number));
    }
    throw new IllegalArgumentException("a column of type " + type.typeName());
  }

  private static String lastOf(List<String> path) {
    return path.get(path.size() - 1);
  }
}
