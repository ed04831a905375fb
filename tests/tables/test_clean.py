from __future__ import annotations


def test_totals_at_the_end_are_left_out(read_text):
    rows = "Brand,Search,10,2\nShop,Search,20,3\nVideo,Display,30,4\n"
    table = read_text(
        "Campaign,Type,Cost,Clicks\n" + rows + "Total: Campaigns, --,60,9\n".replace(", --", ",--")
    )
    assert table.rows == 3
    assert table.source.skipped.totals == 1


def test_a_first_row_that_adds_up_the_others_is_a_total(read_text):
    rows = "".join(f"c{i},ad,{i * 10},{i}\n" for i in range(1, 9))
    table = read_text("Campaign,Ad,Spend,Clicks\n,,360,36\n" + rows)
    assert table.rows == 8
    assert table.source.skipped.totals == 1


def test_subtotals_in_the_middle_are_left_out(read_text):
    table = read_text(
        "Week,Channel,Cost\n1,a,10\n2,b,11\nQ1 subtotal,,21\n3,a,12\n4,b,9\nGrand total,,42\n"
    )
    assert table.raw.column("Week").to_pylist() == ["1", "2", "3", "4"]


def test_a_product_called_total_stays(read_text):
    table = read_text("product,size,n\nTotal Care,L,1\nSoap,S,2\nBrush,M,3\nTotal Care,S,4\n")
    assert table.rows == 4


def test_repeated_headers_and_blank_rows_are_left_out(read_text):
    table = read_text("a,b\n1,x\n,\na,b\n2,y\n")
    assert table.raw.column("a").to_pylist() == ["1", "2"]
    assert {"blank-rows", "repeated-header"} <= {note.code for note in table.notes}
