"""A transaction that reads before it writes is not refused because somebody wrote in between."""

from threading import Thread

from sqlalchemy import make_url, text

from dashboard.database import connect, writing

ADD = text("UPDATE things SET number = number + 1")


def test_each_waits_for_the_other(tmp_path):
    url = make_url(f"sqlite:///{tmp_path}/things.sqlite")
    engine = connect(url, create=True)
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE things (number INTEGER)"))
        connection.execute(text("INSERT INTO things VALUES (0)"))

    def add() -> None:
        with writing(connect(url)) as other:
            other.execute(ADD)

    another = Thread(target=add)
    with writing(engine) as connection:
        assert connection.scalar(text("SELECT number FROM things")) == 0
        another.start()
        another.join(0.3)  # it would be done by now if it did not wait
        connection.execute(ADD)
    another.join(20)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT number FROM things")) == 2
