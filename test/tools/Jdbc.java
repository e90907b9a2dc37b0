// pgjdbc: server-prepared statements from the first execution, in text and in binary, metadata as
// BI tools read them. Run as a single source file.
import java.net.URI;
import java.sql.*;
import java.time.OffsetDateTime;
import java.util.*;

public class Jdbc {
	static int count;

	static void ok(boolean passed, String what, Object why) {
		System.out.println((passed ? "ok " : "not ok ") + ++count + " - " + what);
		if (!passed)
			System.out.println("# " + String.valueOf(why).replace("\n", "\n# "));
	}

	static void none(List<String> problems, String what, int of) {
		ok(problems.isEmpty() && of > 0, what + " (" + of + ")",
			problems.isEmpty() ? "nothing was tried" : String.join("\n", problems.subList(0, Math.min(10, problems.size()))));
	}

	record Parameter(String type, String value) {}

	record Column(String name, String type, boolean summary) {}

	record Call(String query, List<Parameter> parameters, List<Column> columns, String[] cells) {}

	static List<Call> calls(Connection connection) throws SQLException {
		List<Call> calls = new ArrayList<>();
		try (Statement s = connection.createStatement();
			ResultSet r = s.executeQuery("SELECT query, cells, "
				+ "ARRAY(SELECT p ->> 'type' FROM jsonb_array_elements(parameters) AS p), ARRAY(SELECT p ->> 'value' FROM jsonb_array_elements(parameters) AS p), "
				+ "ARRAY(SELECT c ->> 'name' FROM jsonb_array_elements(columns) AS c), ARRAY(SELECT c ->> 'type' FROM jsonb_array_elements(columns) AS c), "
				+ "ARRAY(SELECT c ->> 'oid' FROM jsonb_array_elements(columns) AS c) FROM probe.calls ORDER BY id")) {
			while (r.next()) {
				List<Parameter> parameters = new ArrayList<>();
				String[] types = (String[]) r.getArray(3).getArray(), values = (String[]) r.getArray(4).getArray();
				for (int i = 0; i < types.length; i++)
					parameters.add(new Parameter(types[i], values[i]));
				List<Column> columns = new ArrayList<>();
				String[] names = (String[]) r.getArray(5).getArray(), kinds = (String[]) r.getArray(6).getArray(), oids = (String[]) r.getArray(7).getArray();
				for (int i = 0; i < names.length; i++)
					columns.add(new Column(names[i], kinds[i], Long.parseLong(oids[i]) >= 16384));
				calls.add(new Call(r.getString(1), parameters, columns, (String[]) r.getArray(2).getArray()));
			}
		}
		return calls;
	}

	static void bind(PreparedStatement statement, List<Parameter> parameters) throws SQLException {
		for (int i = 0; i < parameters.size(); i++) {
			Parameter p = parameters.get(i);
			String[] members = p.value.replaceAll("^\\[|\\]$", "").split(", ");
			switch (p.type) {
				case "double precision" -> statement.setDouble(i + 1, Double.parseDouble(p.value));
				case "integer" -> statement.setInt(i + 1, Integer.parseInt(p.value));
				case "bigint" -> statement.setLong(i + 1, Long.parseLong(p.value));
				case "boolean" -> statement.setBoolean(i + 1, Boolean.parseBoolean(p.value));
				case "interval" -> statement.setObject(i + 1, p.value, java.sql.Types.OTHER);
				case "timestamp with time zone" -> statement.setObject(i + 1, OffsetDateTime.parse(p.value));
				case "timestamp without time zone" -> statement.setTimestamp(i + 1, Timestamp.valueOf(p.value.replace('T', ' ')));
				case "double precision[]" -> statement.setArray(i + 1, statement.getConnection().createArrayOf("float8",
					Arrays.stream(members).map(Double::valueOf).toArray()));
				case "text[]" -> statement.setArray(i + 1, statement.getConnection().createArrayOf("text",
					Arrays.stream(members).map(m -> m.substring(1, m.length() - 1).replace("\\\"", "\"")).toArray()));
				default -> statement.setString(i + 1, p.value);
			}
		}
	}

	static final Map<String, Class<?>> CLASSES = Map.of("text", String.class, "bigint", Long.class, "integer", Integer.class,
		"double precision", Double.class, "boolean", Boolean.class,
		"date", java.sql.Date.class, "timestamp with time zone", Timestamp.class);

	static String jdbc(String query) {
		return query.replaceAll("\\$\\d+", "?");
	}

	static boolean same(Object value, Column column, String text) {
		if (value == null || text == null)
			return value == null && text == null;
		if (column.summary)
			return value.toString().equals(text);
		if (value.getClass() != CLASSES.get(column.type))
			return false;
		return switch (column.type) {
			case "double precision" -> value.equals(Double.valueOf(text));
			case "boolean" -> value.equals(text.startsWith("t"));
			case "timestamp with time zone" -> value.equals(Timestamp.from(OffsetDateTime.parse(text.replace(' ', 'T') + ":00").toInstant()));
			default -> value.toString().equals(text);
		};
	}

	static void tryCalls(Connection connection, List<Call> calls, String kind) throws SQLException {
		List<String> types = new ArrayList<>(), values = new ArrayList<>(), wrapped = new ArrayList<>();
		int cells = 0;
		for (Call call : calls) {
			try (PreparedStatement statement = connection.prepareStatement(jdbc(call.query))) {
				ResultSetMetaData before = statement.getMetaData();
				for (int time = 0; time < 2; time++) {
					bind(statement, call.parameters);
					try (ResultSet r = statement.executeQuery()) {
						int width = call.columns.size();
						for (int k = 1; k <= width; k++) {
							Column c = call.columns.get(k - 1);
							String type = c.summary ? "java.lang.String" : CLASSES.get(c.type).getName();
							if (!before.getColumnLabel(k).equals(c.name) || (!c.summary && !before.getColumnClassName(k).equals(type)))
								types.add(call.query + ": " + before.getColumnLabel(k) + " " + before.getColumnClassName(k));
						}
						int n = 0;
						while (r.next())
							for (int k = 1; k <= width; k++, n++, cells++)
								if (n >= call.cells.length || !same(r.getObject(k), call.columns.get(k - 1), call.cells[n])
									|| (call.columns.get(k - 1).summary && !Objects.equals(r.getString(k), call.cells[n])))
									values.add(call.query + ": " + call.columns.get(k - 1).name + " is " + r.getObject(k));
						if (n != call.cells.length)
							values.add(call.query + ": " + n + " values");
					}
				}
			}
			String last = '"' + call.columns.get(call.columns.size() - 1).name + '"';
			for (String wrap : List.of("SELECT * FROM (%s) AS \"Custom SQL Query\" LIMIT 0", "SELECT \"t\".* FROM (%s) AS \"t\" WHERE (1 = 0)",
				"SELECT COUNT(1) AS \"n\" FROM (%s) AS \"t\" HAVING (COUNT(1) > 0)", "SELECT DISTINCT " + last + " FROM (%s) AS \"t\" ORDER BY 1 ASC"))
				try (PreparedStatement statement = connection.prepareStatement(String.format(wrap, jdbc(call.query)))) {
					bind(statement, call.parameters);
					try (ResultSet r = statement.executeQuery()) {
						if (r.next() == (wrap.contains("LIMIT 0") || wrap.contains("1 = 0")))
							wrapped.add(wrap);
					}
				}
		}
		none(types, kind + ": labels and classes before execution", calls.size());
		none(values, kind + ": every value is the server's: Double, Long, Integer or String, summaries as text", cells);
		none(wrapped, kind + ": wrapped sub-selects, COUNT and DISTINCT", 4 * calls.size());
	}

	public static void main(String[] args) throws Exception {
		URI url = new URI(System.getenv("CXUX_BI_URL"));
		Properties properties = new Properties();
		String[] who = url.getUserInfo().split(":");
		properties.put("user", who[0]);
		properties.put("password", who[1]);
		properties.put("options", "-c plan_cache_mode=force_generic_plan");
		TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
		String address = "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath();
		for (String kind : List.of("text", "binary")) {
			properties.put("binaryTransfer", String.valueOf(kind.equals("binary")));
			// 1: prepared on the server from the first execution; -1: and in binary at once.
			properties.put("prepareThreshold", kind.equals("binary") ? "-1" : "1");
			try (Connection connection = DriverManager.getConnection(address, properties)) {
				tryCalls(connection, calls(connection), kind);
				try (Statement s = connection.createStatement();
					ResultSet r = s.executeQuery("SELECT sum(generic_plans), sum(custom_plans) FROM pg_prepared_statements")) {
					r.next();
					ok(r.getLong(1) > 100 && r.getLong(2) == 0, kind + ": all plans were generic", r.getLong(1) + ", " + r.getLong(2));
				}
			}
		}

		// A reader's connection, and what it is told of tables and functions
		properties.put("readOnly", "true");
		try (Connection connection = DriverManager.getConnection(address, properties)) {
			DatabaseMetaData metadata = connection.getMetaData();
			List<String> unknown = new ArrayList<>();
			int n = 0;
			try (ResultSet r = metadata.getColumns(null, "probe", "scores", null)) {
				for (; r.next(); n++)
					if (r.getInt("DATA_TYPE") == Types.OTHER || r.getInt("DATA_TYPE") == Types.DISTINCT)
						unknown.add(r.getString("COLUMN_NAME"));
			}
			none(unknown, "the columns of a view of reports have standard types", n);
			n = 0;
			List<String> odd = new ArrayList<>();
			try (ResultSet r = metadata.getColumns(null, "probe", "stored", "%\\_1")) {
				for (; r.next(); n++)
					if (!r.getString("TYPE_NAME").contains(r.getString("COLUMN_NAME").replaceAll("_\\d+$", "")))
						odd.add(r.getString("COLUMN_NAME") + " " + r.getString("TYPE_NAME"));
			}
			none(odd, "those of a table of summaries the names of theirs", n);
			n = 0;
			try (ResultSet r = metadata.getFunctionColumns(null, "cxux", "report", null)) {
				while (r.next())
					n++;
			}
			ok(n > 50, "functions and their columns are listed (" + n + ")", n);
			try (Statement s = connection.createStatement()) {
				s.executeUpdate("CREATE TABLE probe.t AS TABLE probe.stored");
				ok(false, "it writes nothing", "");
			} catch (SQLException e) {
				ok(e.getSQLState().equals("25006"), "it writes nothing", e);
			}
			// A cursor's batches, as tools that page through results use them
			connection.setAutoCommit(false);
			try (PreparedStatement s = connection.prepareStatement("SELECT id, cxux.nps_class(answer) FROM probe.visits")) {
				s.setFetchSize(100);
				n = 0;
				try (ResultSet r = s.executeQuery()) {
					while (r.next())
						n++;
				}
				ok(n == 12000, "a cursor in batches", n);
			}
		}
		System.out.println("1.." + count);
	}
}
