using System.Collections;
using System.Data.Common;

namespace PatientPortal.Kernel.Data;

/// <summary>One row that holds 1, or no row: what EF reads of a statement that is only written down (<see cref="ChangeDraft"/>).</summary>
sealed class PresumedReader(bool hasRow) : DbDataReader
{
    bool before = true, closed;

    public override bool Read() => hasRow && before && !(before = false);

    public override bool NextResult() => false;

    public override int GetInt32(int ordinal) => 1;

    public override long GetInt64(int ordinal) => 1;

    public override object GetValue(int ordinal) => 1;

    public override bool IsDBNull(int ordinal) => false;

    public override int FieldCount => hasRow ? 1 : 0;

    public override bool HasRows => hasRow;

    public override bool IsClosed => closed;

    public override int RecordsAffected => 1;

    public override int Depth => 0;

    public override object this[int ordinal] => 1;

    public override object this[string name] => 1;

    public override void Close() => closed = true;

    public override IEnumerator GetEnumerator() => throw Only();

    public override bool GetBoolean(int ordinal) => throw Only();

    public override byte GetByte(int ordinal) => throw Only();

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw Only();

    public override char GetChar(int ordinal) => throw Only();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw Only();

    public override string GetDataTypeName(int ordinal) => "INTEGER";

    public override DateTime GetDateTime(int ordinal) => throw Only();

    public override decimal GetDecimal(int ordinal) => throw Only();

    public override double GetDouble(int ordinal) => throw Only();

    public override Type GetFieldType(int ordinal) => typeof(long);

    public override float GetFloat(int ordinal) => throw Only();

    public override Guid GetGuid(int ordinal) => throw Only();

    public override short GetInt16(int ordinal) => throw Only();

    public override string GetName(int ordinal) => "found";

    public override int GetOrdinal(string name) => 0;

    public override string GetString(int ordinal) => throw Only();

    public override int GetValues(object[] values) => throw Only();

    static NotSupportedException Only() => new("A statement that is written down answers only whether it finds its row.");
}
